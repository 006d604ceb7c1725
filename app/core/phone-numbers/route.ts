import { route } from "@/lib/api/route";

export const GET = route("GET /core/phone-numbers");
export const POST = route("POST /core/phone-numbers");
