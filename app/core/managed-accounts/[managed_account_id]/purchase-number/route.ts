import { route } from "@/lib/api/route";

export const POST = route("POST /core/managed-accounts/{managed_account_id}/purchase-number");
