import { RefreshCw } from "lucide-react";
import { Page } from "@/components/layout/page";
import { PageHeader } from "@/components/layout/page-header";
import { EmptyState } from "@/components/ui/empty-state";
import { carrierSyncWords } from "./carrier-sync-words";

/** In place of the page, for people who may not see numbers. */
export function CarrierSyncNotAllowed() {
  return (
    <Page>
      <PageHeader description={carrierSyncWords.about} title={carrierSyncWords.title} />
      <div className="rounded border">
        <EmptyState
          description="Ask an owner or admin for the right to see phone numbers."
          icon={<RefreshCw />}
          title="Only people who see phone numbers can see how they compare with the carrier"
        />
      </div>
    </Page>
  );
}
