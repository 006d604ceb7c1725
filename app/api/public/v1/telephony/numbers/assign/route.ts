import { route } from "@/lib/api/route";

export const POST = route("POST /api/public/v1/telephony/numbers/assign");
