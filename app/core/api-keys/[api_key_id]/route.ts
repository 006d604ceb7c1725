import { route } from "@/lib/api/route";

export const DELETE = route("DELETE /core/api-keys/{api_key_id}");
