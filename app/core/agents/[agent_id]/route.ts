import { route } from "@/lib/api/route";

export const GET = route("GET /core/agents/{agent_id}");
export const PUT = route("PUT /core/agents/{agent_id}");
export const DELETE = route("DELETE /core/agents/{agent_id}");
