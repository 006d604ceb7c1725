import { healthzWork } from "@/lib/api/health";

export const dynamic = "force-dynamic";
export const GET = healthzWork;
