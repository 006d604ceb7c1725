import { route } from "@/lib/api/route";

export const GET = route("GET /core/drifts/{drift_id}");
