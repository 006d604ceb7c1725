"use client";

import { BookOpen, Search } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { type MouseEvent, useId } from "react";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { Kbd } from "@/components/ui/kbd";
import { countDifferences } from "../carrier-sync/count-differences";
import { useOrganization } from "../phone-numbers/use-phone-numbers";
import { AccountMenu } from "./account-menu";
import { useShell } from "./commands";
import { Logo } from "./logo";
import type { NavigationItem, NavigationSection } from "./navigation";
import { useVisibleNavigation } from "./use-visible-navigation";
import { useViewer } from "./viewer";

/** The same content stands in the column and, on small screens, in a sheet. */
export function Sidebar({ onNavigate }: { onNavigate?: () => void }) {
  const { organization } = useViewer();
  const { setPanel } = useShell();
  const sections = useVisibleNavigation();

  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex h-14 shrink-0 items-center gap-2.5 px-4">
        <Logo className="size-6 shrink-0" />
        <span className="truncate font-semibold">{organization.name}</span>
      </div>
      <div className="px-3 pb-3">
        <button
          className="bg-background text-muted-foreground hover:text-foreground flex h-8 w-full items-center gap-2 rounded border px-2 transition-colors"
          onClick={() => setPanel("palette")}
          type="button"
        >
          <Search aria-hidden className="size-4" />
          <span className="flex-1 text-left">Go to…</span>
          <Kbd keys="mod+k" />
        </button>
      </div>
      <nav aria-label="Main" className="flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto px-3 py-1">
        {sections.map((section) => (
          <SidebarSection
            key={section.heading ?? section.items[0]?.href}
            onNavigate={onNavigate}
            section={section}
          />
        ))}
      </nav>
      <div className="flex shrink-0 flex-col gap-0.5 border-t p-2">
        <a
          className="hover:bg-muted [&_svg]:text-muted-foreground flex h-9 items-center gap-2.5 rounded px-2 transition-colors lg:h-8"
          href="/docs"
        >
          <BookOpen aria-hidden className="size-4 shrink-0" />
          API reference
        </a>
        <AccountMenu />
      </div>
    </div>
  );
}

function SidebarSection({ section, onNavigate }: { section: NavigationSection; onNavigate?: () => void }) {
  const headingId = useId();
  return (
    <div>
      {section.heading && (
        <h2 className="text-muted-foreground mb-1 px-2 text-xs font-medium" id={headingId}>
          {section.heading}
        </h2>
      )}
      <ul aria-labelledby={section.heading ? headingId : undefined} className="flex flex-col gap-0.5">
        {section.items.map((item) => (
          <SidebarLink item={item} key={item.href} onNavigate={onNavigate} />
        ))}
      </ul>
    </div>
  );
}

function SidebarLink({ item, onNavigate }: { item: NavigationItem; onNavigate?: () => void }) {
  const pathname = usePathname();
  const router = useRouter();
  // Fetched when somebody points at it, not with the page on screen, which next/link would also outweigh.
  const prefetch = () => router.prefetch(item.href);
  const go = (event: MouseEvent<HTMLAnchorElement>) => {
    onNavigate?.();
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    router.push(item.href);
  };
  const current = pathname === item.href || pathname.startsWith(`${item.href}/`);
  const { data: organization } = useOrganization();
  const waiting = item.counts ? (organization?.[item.counts] ?? 0) : 0;
  return (
    <li>
      <a
        aria-current={current ? "page" : undefined}
        aria-label={waiting > 0 ? `${item.label}, ${countDifferences(waiting)}` : undefined}
        className={cn(
          "flex h-9 items-center gap-2.5 rounded px-2 transition-colors lg:h-8",
          current
            ? "bg-accent-muted text-accent-text font-medium"
            : "text-foreground hover:bg-muted [&_svg]:text-muted-foreground",
        )}
        href={item.href}
        onClick={go}
        onFocus={prefetch}
        onPointerEnter={prefetch}
      >
        <item.icon aria-hidden className="size-4 shrink-0" />
        {/* The space keeps label and count apart for whoever takes the two as one text. */}
        {item.label}{" "}
        {waiting > 0 && (
          <Badge className="tabular ml-auto" tone="careful">
            {waiting > 99 ? "99+" : waiting}
          </Badge>
        )}
      </a>
    </li>
  );
}
