import { Logo } from "@/components/layout/logo";
import { buttonVariants } from "@/components/ui/button-variants";
import { cn } from "@/components/ui/cn";

const pages = [
  { href: "/docs", label: "API reference" },
  { href: "/docs/errors", label: "Errors" },
  { href: "/openapi.json", label: "OpenAPI" },
];

export function DocsHeader({ current, signedIn }: { current: string; signedIn: boolean }) {
  return (
    <header className="bg-surface sticky top-0 z-20 border-b">
      <a
        className="bg-raised fixed top-2 left-2 z-50 -translate-y-16 rounded border px-3 py-2 font-medium focus:translate-y-0"
        href="#content"
      >
        Skip to content
      </a>
      <div className="mx-auto flex h-14 max-w-[96rem] items-center gap-2 px-4 md:gap-4 md:px-6">
        <a aria-label="Linedesk" className="flex items-center gap-2.5 font-semibold" href="/">
          <Logo className="size-6 shrink-0" />
          <span className="hidden md:inline">Linedesk</span>
        </a>
        <nav aria-label="Documentation" className="flex min-w-0 flex-1 gap-1">
          {pages.map(({ href, label }) => (
            <a
              aria-current={href === current ? "page" : undefined}
              className={cn(
                "rounded px-2 py-1.5 whitespace-nowrap transition-colors",
                href === current ? "bg-accent-muted text-accent-text font-medium" : "hover:bg-muted",
              )}
              href={href}
              key={href}
            >
              {label}
            </a>
          ))}
        </nav>
        <a className={cn(buttonVariants(), "max-sm:hidden")} href={signedIn ? "/" : "/sign-in"}>
          {signedIn ? "Open Linedesk" : "Sign in"}
        </a>
      </div>
    </header>
  );
}
