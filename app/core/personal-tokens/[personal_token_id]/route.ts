import { route } from "@/lib/api/route";

export const DELETE = route("DELETE /core/personal-tokens/{personal_token_id}");
