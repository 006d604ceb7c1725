import type { Metadata } from "next";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export const metadata: Metadata = { title: "Page not found" };

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState
        actions={
          <Button asChild>
            <Link href="/">Go to phone numbers</Link>
          </Button>
        }
        description="It may have moved, or it belongs to another organization."
        title="Page not found"
        titleAs="h1"
      />
    </main>
  );
}
