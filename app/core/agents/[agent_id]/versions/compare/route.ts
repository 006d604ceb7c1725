import { route } from "@/lib/api/route";

export const POST = route("POST /core/agents/{agent_id}/versions/compare");
