import { route } from "@/lib/api/route";

export const GET = route("GET /core/agents");
export const POST = route("POST /core/agents");
