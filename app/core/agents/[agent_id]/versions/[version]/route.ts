import { route } from "@/lib/api/route";

export const GET = route("GET /core/agents/{agent_id}/versions/{version}");
export const PUT = route("PUT /core/agents/{agent_id}/versions/{version}");
