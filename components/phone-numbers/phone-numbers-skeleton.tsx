import { Page } from "@/components/layout/page";
import { PageHeader } from "@/components/layout/page-header";
import { Skeleton } from "@/components/ui/skeleton";

const rowKeys = Array.from({ length: 12 }, (_, index) => `row-${index}`);

/** The page before its first rows, with the same measures. */
export function PhoneNumbersSkeleton() {
  return (
    <Page fill>
      <PageHeader description={<Skeleton className="my-1 w-64" />} title="Phone numbers" />
      <div aria-hidden className="flex flex-col gap-4">
        <Skeleton className="h-8! w-72" />
        <div className="rounded border">
          {rowKeys.map((key) => (
            <div className="flex h-9 items-center gap-6 border-b px-3 last:border-b-0" key={key}>
              <Skeleton className="w-40" />
              <Skeleton className="w-28" />
              <Skeleton className="w-28" />
              <Skeleton className="ml-auto w-20" />
            </div>
          ))}
        </div>
      </div>
    </Page>
  );
}
