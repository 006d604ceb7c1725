import { route } from "@/lib/api/route";

export const DELETE = route("DELETE /api/public/v1/telephony/numbers/{number_id}");
