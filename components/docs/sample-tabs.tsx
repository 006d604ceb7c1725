"use client";

import { Tabs } from "radix-ui";
import { CodeBlock } from "./code-block";
import { type Language, languages } from "./languages";
import { useSampleLanguage } from "./sample-language";

export type SampleTabsProps = {
  samples: Record<Language, string>;
  /** What the samples send, for the names of the tabs and buttons: "GET /core/agents". */
  request: string;
};

export function SampleTabs({ samples, request }: SampleTabsProps) {
  const { language, choose } = useSampleLanguage();
  return (
    <Tabs.Root onValueChange={(value) => choose(value as Language)} value={language}>
      <Tabs.List aria-label={`Samples of ${request}`} className="mb-2 flex gap-1">
        {languages.map(({ id, name }) => (
          <Tabs.Trigger
            className="text-muted-foreground hover:text-foreground data-[state=active]:bg-muted data-[state=active]:text-foreground rounded px-2 py-1 text-xs font-medium transition-colors"
            key={id}
            value={id}
          >
            {name}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {languages.map(({ id, name }) => (
        <Tabs.Content key={id} value={id}>
          <CodeBlock code={samples[id]} copyLabel={`${name} sample of ${request}`} />
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}
