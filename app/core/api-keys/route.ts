import { route } from "@/lib/api/route";

export const GET = route("GET /core/api-keys");
export const POST = route("POST /core/api-keys");
