import { healthz } from "@/lib/api/health";

export const dynamic = "force-dynamic";
export const GET = healthz;
