import { route } from "@/lib/api/route";

export const GET = route("GET /core/purchase-orders/{purchase_order_id}");
