import type { Metadata } from "next";
import { buttonVariants } from "@/components/ui/button-variants";
import { EmptyState } from "@/components/ui/empty-state";

export const metadata: Metadata = { title: "Page not found" };

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState
        actions={
          <a className={buttonVariants()} href="/">
            Go to phone numbers
          </a>
        }
        description="It may have moved, or it belongs to another organization."
        title="Page not found"
        titleAs="h1"
      />
    </main>
  );
}
