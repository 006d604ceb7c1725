import type { ReactNode } from "react";
import { ShellProvider } from "./commands";
import { Notices } from "./notices";
import { ShellPanels } from "./shell-panels";
import { ShortcutsProvider } from "./shortcuts";
import { Sidebar } from "./sidebar";
import { TopBar } from "./top-bar";
import { type Viewer, ViewerProvider } from "./viewer";

/** `main` is the scroller and a column, so that a page with a table can fill the window: see `Page`. */
export function AppShell({ viewer, children }: { viewer: Viewer; children: ReactNode }) {
  return (
    <ViewerProvider viewer={viewer}>
      <ShortcutsProvider>
        <ShellProvider>
          <div className="flex h-dvh flex-col lg:flex-row">
            <a
              className="bg-raised fixed top-2 left-2 z-50 -translate-y-16 rounded border px-3 py-2 font-medium focus:translate-y-0"
              href="#content"
            >
              Skip to content
            </a>
            <aside aria-label="Sidebar" className="bg-surface hidden w-60 shrink-0 border-r lg:block">
              <Sidebar />
            </aside>
            <TopBar />
            <main className="flex min-h-0 min-w-0 flex-1 flex-col overflow-y-auto" id="content" tabIndex={-1}>
              <Notices />
              {children}
            </main>
          </div>
          <ShellPanels />
        </ShellProvider>
      </ShortcutsProvider>
    </ViewerProvider>
  );
}
