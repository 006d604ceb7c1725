import type { ReactNode } from "react";
import { AppShell } from "@/components/layout/app-shell";
import { Unavailable } from "@/components/layout/unavailable";
import { isDatabaseUnavailable, requireSession } from "@/lib/auth";

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const session = await requireSession().catch((error: unknown) => {
    if (isDatabaseUnavailable(error)) return null;
    throw error;
  });
  if (!session) return <Unavailable />;
  const { user, organization, role, scopes } = session;
  return <AppShell viewer={{ user, organization, role, scopes: [...scopes] }}>{children}</AppShell>;
}
