import { route } from "@/lib/api/route";

export const GET = route("GET /core/kill-switches");
export const POST = route("POST /core/kill-switches");
