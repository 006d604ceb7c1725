import { CarrierSyncSkeleton } from "@/components/carrier-sync/drifts-skeleton";

export default function Loading() {
  return <CarrierSyncSkeleton />;
}
