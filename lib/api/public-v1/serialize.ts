import type { AgentWithNumbers } from "../../agents";
import type { AvailableNumber, CostInformation, NumberType, PhoneNumber } from "../../phone-numbers/schema";
import type {
  Pagination,
  PublicAgent,
  PublicAvailableNumber,
  PublicPhoneNumber,
  SearchAnswer,
  SearchBody,
} from "./schema";

/** Our resources in the words of the compatible API. */

export function toPublicNumber(number: PhoneNumber): PublicPhoneNumber {
  return {
    id: number.id,
    phone_number: number.phone_number,
    friendly_name: number.label,
    status: number.status,
    is_truedy_managed: number.source === "managed",
    provider_type: number.source === "byoc" ? "custom_sip" : null,
    phone_number_type: toPublicType(number.phone_number_type),
    country_code: number.country_code,
    features: (["voice", "sms", "mms"] as const).filter((feature) => number.capabilities[feature]),
    cost_information: toPublicCost(number.cost_information),
    inbound_agent_id: number.inbound?.agent_id ?? null,
    outbound_agent_id: number.outbound?.agent_id ?? null,
    created_at: number.created_at,
    updated_at: number.updated_at,
  };
}

function toPublicOffer(offer: AvailableNumber): PublicAvailableNumber {
  const regions = [
    { region_type: "country_code" as const, region_name: offer.country_code },
    { region_type: "state" as const, region_name: offer.region },
    { region_type: "location" as const, region_name: offer.locality },
  ];
  return {
    phone_number: offer.phone_number,
    phone_number_type: toPublicType(offer.phone_number_type),
    country_code: offer.country_code,
    features: offer.features,
    cost_information: toPublicCost(offer.cost_information),
    region_information: regions.flatMap(({ region_type, region_name }) =>
      region_name === null ? [] : [{ region_type, region_name }],
    ),
  };
}

/** One page of what a search found; past the end it is empty. */
export function toSearchAnswer(
  offers: AvailableNumber[],
  { page, page_size }: Pick<SearchBody, "page" | "page_size">,
): SearchAnswer {
  const total_pages = Math.ceil(offers.length / page_size);
  const first = (page - 1) * page_size;
  return {
    data: offers.slice(first, first + page_size).map(toPublicOffer),
    pagination: {
      page,
      page_size,
      total_results: offers.length,
      total_pages,
      has_more: page < total_pages,
    },
  };
}

export function toPublicAgent({ agent, numbers }: AgentWithNumbers): PublicAgent {
  return {
    id: agent.id,
    name: agent.name,
    description: agent.description,
    status: agent.active && agent.latest_version !== null ? "active" : "draft",
    ...(numbers && {
      inbound_phone_numbers: numbers.inbound,
      outbound_phone_numbers: numbers.outbound,
    }),
    created_at: agent.created_at,
    updated_at: agent.updated_at,
  };
}

/** `shown` of `total`, starting at `offset`. */
export function toPagination(
  { limit, offset }: { limit: number; offset: number },
  { shown, total }: { shown: number; total: number },
): Pagination {
  return { total, limit, offset, has_more: offset + shown < total };
}

function toPublicType(type: NumberType): PublicPhoneNumber["phone_number_type"] {
  return type === "toll_free" ? "toll-free" : type;
}

function toPublicCost(cost: CostInformation | null): PublicPhoneNumber["cost_information"] {
  return cost ?? { monthly_cost: null, upfront_cost: null, currency: null };
}
