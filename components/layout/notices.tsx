"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { Alert } from "@/components/ui/alert";
import type { Organization } from "@/lib/organizations/schema";
import { useOrganization } from "../phone-numbers/use-phone-numbers";

const carrierSyncPage = "/settings/carrier-sync";

/** What everybody should know who is about to buy or release a number, above every page. */
export function Notices() {
  const { data: organization } = useOrganization();
  if (!organization) return null;
  const { safe_mode: safeMode, stopped } = organization;
  if (!safeMode && stopped.length === 0) return null;
  return (
    <section aria-label="Notices" className="flex shrink-0 flex-col gap-2 px-4 pt-4 md:px-6">
      {safeMode && (
        <Alert
          action={<NoticeLink hash="safe-mode" text="See what to do" />}
          announce
          title="Safe mode: nothing can be bought or released"
          tone="careful"
        >
          {safeMode.reason} Somebody has to compare with the carrier and look at the differences first. Calls
          go on.
        </Alert>
      )}
      {stoppedActs.map(({ act, title }) => {
        const reasons = readReasons(stopped, act);
        if (reasons.length === 0) return null;
        return (
          <Alert
            action={<NoticeLink hash="kill-switches" text="Kill switches" />}
            announce
            key={act}
            title={`${title}: ${reasons.join(" ")}`}
            tone="careful"
          />
        );
      })}
    </section>
  );
}

const stoppedActs = [
  { act: "buying", title: "Buying is stopped" },
  { act: "releasing", title: "Releasing is stopped" },
] as const;

/** Two switches may have been set for the same reason. */
function readReasons(stopped: Organization["stopped"], act: (typeof stoppedActs)[number]["act"]): string[] {
  return [...new Set(stopped.filter((stop) => stop.act === act).map(({ reason }) => reason))];
}

function NoticeLink({ hash, text }: { hash: string; text: string }) {
  if (usePathname() === carrierSyncPage) return null;
  return (
    <Link
      className="text-accent-text whitespace-nowrap underline underline-offset-4"
      href={`${carrierSyncPage}#${hash}`}
      prefetch={false}
    >
      {text}
    </Link>
  );
}
