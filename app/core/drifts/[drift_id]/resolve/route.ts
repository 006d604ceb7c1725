import { route } from "@/lib/api/route";

export const POST = route("POST /core/drifts/{drift_id}/resolve");
