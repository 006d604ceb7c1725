import { route } from "@/lib/api/route";

export const GET = route("GET /core/carrier-syncs");
export const POST = route("POST /core/carrier-syncs");
