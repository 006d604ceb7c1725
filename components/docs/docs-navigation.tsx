"use client";

import { ChevronDown } from "lucide-react";
import { useEffect, useId, useRef } from "react";
import { cn } from "@/components/ui/cn";
import { useCurrentSection } from "./use-current-section";

export type DocsNavigationProps = {
  groups: { title: string; items: { id: string; label: string; method?: string }[] }[];
};

/** A column beside the text; below 1024 px a list that opens under the header and closes when something is chosen. */
export function DocsNavigation({ groups }: DocsNavigationProps) {
  const detailsRef = useRef<HTMLDetailsElement>(null);
  const columnRef = useRef<HTMLElement>(null);
  const current = useCurrentSection(groups.flatMap(({ items }) => items.map(({ id }) => id)));
  useEffect(() => {
    const link = current && columnRef.current?.querySelector(`[href="#${current}"]`);
    if (link) link.scrollIntoView({ block: "nearest" });
  }, [current]);
  const list = (
    <NavigationList
      current={current}
      groups={groups}
      onChoose={() => detailsRef.current?.removeAttribute("open")}
    />
  );
  return (
    <>
      <nav
        aria-label="On this page"
        ref={columnRef}
        className="sticky top-14 hidden max-h-[calc(100dvh-3.5rem)] overflow-y-auto py-6 pr-2 lg:block"
      >
        {list}
      </nav>
      <details
        className="bg-surface group sticky top-14 z-10 -mx-4 border-b md:-mx-6 lg:hidden"
        ref={detailsRef}
      >
        <summary className="flex cursor-pointer list-none items-center gap-2 px-4 py-2.5 font-medium md:px-6 [&::-webkit-details-marker]:hidden">
          <ChevronDown aria-hidden className="size-4 -rotate-90 transition-transform group-open:rotate-0" />
          On this page
        </summary>
        <nav aria-label="On this page" className="max-h-[60dvh] overflow-y-auto px-4 pb-4 md:px-6">
          {list}
        </nav>
      </details>
    </>
  );
}

type Choice = { current: string | undefined; onChoose: () => void };

function NavigationList({ groups, ...choice }: DocsNavigationProps & Choice) {
  return (
    <div className="flex flex-col gap-5">
      {groups.map((group) => (
        <NavigationGroup key={group.title} {...group} {...choice} />
      ))}
    </div>
  );
}

function NavigationGroup({
  title,
  items,
  current,
  onChoose,
}: DocsNavigationProps["groups"][number] & Choice) {
  const titleId = useId();
  return (
    <div>
      <p className="text-muted-foreground mb-1 px-2 text-xs font-medium" id={titleId}>
        {title}
      </p>
      <ul aria-labelledby={titleId}>
        {items.map(({ id, label, method }) => (
          <li key={id}>
            <a
              aria-current={id === current ? "location" : undefined}
              className={cn(
                "flex items-baseline gap-2 rounded px-2 py-1.5 leading-5 transition-colors",
                id === current ? "bg-accent-muted text-accent-text font-medium" : "hover:bg-muted",
              )}
              href={`#${id}`}
              onClick={onChoose}
            >
              <span className="min-w-0 flex-1">{label}</span>
              {method && <span className="text-muted-foreground font-mono text-[0.6875rem]">{method}</span>}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
