"use client";

import { type ComponentType, lazy, Suspense } from "react";

/** A component whose code loads when it is first rendered. Until then nothing is shown, and nothing makes room for it. */
export function loadOnDemand<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  const Loaded = lazy(async () => ({ default: await load() })) as unknown as ComponentType<Props>;
  // biome-ignore lint/correctness/noComponentHookFactories: called once per component, at the top of a module.
  return function OnDemand(props: Props) {
    return (
      <Suspense>
        <Loaded {...props} />
      </Suspense>
    );
  };
}
