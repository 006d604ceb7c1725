import { route } from "@/lib/api/route";

export const GET = route("GET /core/managed-accounts/{managed_account_id}");
