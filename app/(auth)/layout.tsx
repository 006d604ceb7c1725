import type { ReactNode } from "react";
import { Logo } from "@/components/layout/logo";

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <main className="bg-surface grid min-h-dvh place-items-center px-4 py-12">
      <div className="flex w-full max-w-sm flex-col gap-6">
        <p className="flex items-center justify-center gap-2.5 text-base font-semibold">
          <Logo className="size-7" />
          Linedesk
        </p>
        <div className="bg-background rounded border p-6">{children}</div>
      </div>
    </main>
  );
}
