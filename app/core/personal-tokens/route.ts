import { route } from "@/lib/api/route";

export const GET = route("GET /core/personal-tokens");
export const POST = route("POST /core/personal-tokens");
