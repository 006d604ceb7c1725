import { route } from "@/lib/api/route";

export const DELETE = route("DELETE /core/safe-mode");
