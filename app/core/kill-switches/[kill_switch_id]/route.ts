import { route } from "@/lib/api/route";

export const DELETE = route("DELETE /core/kill-switches/{kill_switch_id}");
