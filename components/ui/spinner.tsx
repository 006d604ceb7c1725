import { LoaderCircle } from "lucide-react";
import { cn } from "./cn";

/** Decorative: whatever is busy carries `aria-busy` or says so in words. */
export function Spinner({ className }: { className?: string }) {
  return <LoaderCircle aria-hidden className={cn("size-4 animate-spin", className)} />;
}
