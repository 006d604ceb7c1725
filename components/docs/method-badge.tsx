import { Badge, type Tone } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";

const tones: Record<string, Tone> = { GET: "accent", DELETE: "danger", POST: "good" };

export function MethodBadge({ method, className }: { method: string; className?: string }) {
  return (
    <Badge className={cn("font-mono", className)} tone={tones[method] ?? "careful"}>
      {method}
    </Badge>
  );
}
