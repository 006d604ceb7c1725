import type { ReactNode } from "react";
import { AppShell } from "@/components/layout/app-shell";
import { requireSession } from "@/lib/auth";

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const { user, organization, role, scopes } = await requireSession();
  return <AppShell viewer={{ user, organization, role, scopes }}>{children}</AppShell>;
}
