import type { ReactNode } from "react";
import { DocsHeader } from "./docs-header";
import { DocsNavigation, type DocsNavigationProps } from "./docs-navigation";

export type DocsFrameProps = {
  current: string;
  signedIn: boolean;
  navigation: DocsNavigationProps["groups"];
  children: ReactNode;
};

/** Header, navigation and text of a page that anybody may read. */
export function DocsFrame({ current, signedIn, navigation, children }: DocsFrameProps) {
  return (
    <>
      <DocsHeader current={current} signedIn={signedIn} />
      <div className="mx-auto max-w-[96rem] px-4 md:px-6 lg:grid lg:grid-cols-[16rem_minmax(0,1fr)] lg:gap-8">
        <div className="contents lg:block">
          <DocsNavigation groups={navigation} />
        </div>
        <main className="flex min-w-0 flex-col gap-12 py-6 pb-24" id="content" tabIndex={-1}>
          {children}
        </main>
      </div>
    </>
  );
}
