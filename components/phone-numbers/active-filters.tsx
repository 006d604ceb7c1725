"use client";

import { X } from "lucide-react";
import { useAgent } from "../agents/use-agents";
import { countryName } from "./country-name";
import { typeNames } from "./number-types";
import type { NumberFilters } from "./phone-number-filters";

interface ActiveFiltersProps {
  filters: NumberFilters;
  onChange: (change: Partial<NumberFilters>) => void;
}

/** Folded filters must not act unseen: each stands here and can be taken away. */
export function ActiveFilters({ filters, onChange }: ActiveFiltersProps) {
  const { agent_id: agentId, country_code: country, phone_number_type: type } = filters;
  if (!agentId && !country && !type) return null;
  return (
    <ul aria-label="Active filters" className="flex flex-wrap gap-2">
      {agentId && <AgentFilter agentId={agentId} onRemove={() => onChange({ agent_id: null })} />}
      {country && (
        <ActiveFilter
          onRemove={() => onChange({ country_code: null })}
          text={`Country: ${countryName(country)}`}
        />
      )}
      {type && (
        <ActiveFilter
          onRemove={() => onChange({ phone_number_type: null })}
          text={`Type: ${typeNames[type]}`}
        />
      )}
    </ul>
  );
}

function AgentFilter({ agentId, onRemove }: { agentId: string; onRemove: () => void }) {
  const { data, isError } = useAgent(agentId);
  return <ActiveFilter onRemove={onRemove} text={`Agent: ${data?.name ?? (isError ? "unknown" : "…")}`} />;
}

function ActiveFilter({ text, onRemove }: { text: string; onRemove: () => void }) {
  return (
    <li>
      <button
        aria-label={`Remove filter ${text}`}
        className="bg-surface hover:bg-muted inline-flex h-7 items-center gap-1.5 rounded border px-2"
        onClick={onRemove}
        type="button"
      >
        {text}
        <X aria-hidden className="text-muted-foreground size-3.5" />
      </button>
    </li>
  );
}
