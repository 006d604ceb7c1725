import { route } from "@/lib/api/route";

export const GET = route("GET /core/phone-numbers/{phone_number}");
export const PATCH = route("PATCH /core/phone-numbers/{phone_number}");
export const DELETE = route("DELETE /core/phone-numbers/{phone_number}");
