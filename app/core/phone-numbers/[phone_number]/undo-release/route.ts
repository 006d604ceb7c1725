import { route } from "@/lib/api/route";

export const POST = route("POST /core/phone-numbers/{phone_number}/undo-release");
