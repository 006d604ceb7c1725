import { Page } from "@/components/layout/page";
import { PageHeader } from "@/components/layout/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { carrierSyncWords } from "./carrier-sync-words";

/** Cards before they are there, with the same measures. */
export function DriftsSkeleton() {
  return (
    <div aria-hidden className="flex flex-col gap-4">
      {["first", "second"].map((key) => (
        <div className="flex flex-col gap-4 rounded border p-4" key={key}>
          <Skeleton className="my-2 w-48" />
          <div className="grid gap-4 xl:grid-cols-2">
            <div className="flex flex-col gap-3">
              <Skeleton className="w-72 max-w-full" />
              <Skeleton className="w-full" />
              <Skeleton className="w-2/3" />
            </div>
            <Skeleton className="h-28!" />
          </div>
          <Skeleton className="h-8! w-24" />
        </div>
      ))}
    </div>
  );
}

/** The page before its first answers. */
export function CarrierSyncSkeleton() {
  return (
    <Page>
      <PageHeader description={carrierSyncWords.about} title={carrierSyncWords.title} />
      <Skeleton className="h-12!" />
      <Skeleton className="h-8! w-64" />
      <DriftsSkeleton />
    </Page>
  );
}
