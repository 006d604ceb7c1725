import { route } from "@/lib/api/route";

export const PUT = route("PUT /core/phone-numbers/{phone_number}/slots/{direction}");
export const DELETE = route("DELETE /core/phone-numbers/{phone_number}/slots/{direction}");
