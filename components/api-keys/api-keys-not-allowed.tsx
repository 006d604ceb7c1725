import { KeyRound } from "lucide-react";
import Link from "next/link";
import { Page } from "@/components/layout/page";
import { PageHeader } from "@/components/layout/page-header";
import { buttonVariants } from "@/components/ui/button-variants";
import { EmptyState } from "@/components/ui/empty-state";
import { credentialWords } from "./credential-words";

/** In place of the list, for people who may not see it. */
export function ApiKeysNotAllowed() {
  const { title, about } = credentialWords.key;
  return (
    <Page>
      <PageHeader description={about} title={title} />
      <div className="rounded border">
        <EmptyState
          actions={
            <Link className={buttonVariants()} href="/account/tokens">
              Personal tokens
            </Link>
          }
          description="For a program that works in your name you need no key: create a personal token."
          icon={<KeyRound />}
          title="Only an owner or admin can see and create API keys"
        />
      </div>
    </Page>
  );
}
