"use client";

import { createContext, type ReactNode, use, useMemo } from "react";

export type Role = "owner" | "admin" | "operator" | "viewer";

export type Viewer = {
  user: { id: string; name: string; email: string };
  organization: { id: string; name: string };
  role: Role;
  scopes: string[];
};

type ViewerContextValue = Viewer & { can: (scope: string) => boolean };

const ViewerContext = createContext<ViewerContextValue | null>(null);

/** Managing something includes reading it. */
function holdsScope(scopes: string[], scope: string) {
  return scopes.includes(scope) || scopes.includes(scope.replace(/:read$/, ":manage"));
}

export function ViewerProvider({ viewer, children }: { viewer: Viewer; children: ReactNode }) {
  const value = useMemo(
    () => ({ ...viewer, can: (scope: string) => holdsScope(viewer.scopes, scope) }),
    [viewer],
  );
  return <ViewerContext value={value}>{children}</ViewerContext>;
}

/** Who is signed in, to which organization, and what they may do. For what to show; the server decides for itself. */
export function useViewer() {
  const viewer = use(ViewerContext);
  if (!viewer) throw new Error("useViewer must be used inside the dashboard layout.");
  return viewer;
}
