import { route } from "@/lib/api/route";

export const GET = route("GET /api/public/v1/telephony/numbers");
