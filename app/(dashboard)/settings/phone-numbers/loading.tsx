import { PhoneNumbersSkeleton } from "@/components/phone-numbers/phone-numbers-skeleton";

export default function Loading() {
  return <PhoneNumbersSkeleton />;
}
