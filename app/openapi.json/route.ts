import { serveOpenApi } from "@/lib/api/openapi";

export const dynamic = "force-dynamic";
export const GET = serveOpenApi;
