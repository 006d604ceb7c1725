import type { ContainsPattern } from "./contains";
import { isWithinMiles, type Near } from "./near";
import { buildNorthAmericanBlocks } from "./north-america";
import { NUMBER_TYPES, type NumberBlock, type NumberType, phoneNumberAt } from "./number-block";
import { buildOverseasBlocks } from "./overseas";
import { walkInSeededOrder } from "./seeded";
import { type Capabilities, describeNumber, type StockedNumber, toNationalNumber } from "./stocked-number";

export interface InventoryQuery {
  country: string;
  type: NumberType;
  limit: number;
  areaCode?: string;
  contains?: ContainsPattern;
  capabilities: Partial<Capabilities>;
  excludedAddressRequirements: readonly string[];
  includeBeta: boolean;
  near?: Near;
  region?: string;
  locality?: string;
  lata?: string;
  rateCenter?: string;
  postalCode?: string;
}

export interface Inventory {
  find(phoneNumber: string): StockedNumber | undefined;
  search(query: InventoryQuery, isTaken: (phoneNumber: string) => boolean): StockedNumber[];
  typesOf(country: string): NumberType[];
  blockOfAreaCode(areaCode: string): NumberBlock | undefined;
}

interface Position {
  block: NumberBlock;
  offset: number;
}

/** Numbers are computed when asked for, never listed, so millions cost nothing. */
export function createInventory(seed: string): Inventory {
  const blocks = [...buildNorthAmericanBlocks(), ...buildOverseasBlocks()];
  const blockByPrefix = new Map(blocks.map((block) => [block.prefix, block]));
  const blockByAreaCode = new Map(blocks.map((block) => [block.areaCode, block]));
  const suffixLengths = [...new Set(blocks.map((block) => block.suffixDigits))];

  function locate(phoneNumber: string): Position | undefined {
    for (const length of suffixLengths) {
      const prefix = phoneNumber.slice(0, phoneNumber.length - length);
      const block = blockByPrefix.get(prefix);
      if (block?.suffixDigits !== length) continue;
      const offset = Number(phoneNumber.slice(prefix.length)) - block.first;
      if (offset >= 0 && offset < block.count) return { block, offset };
    }
    return undefined;
  }

  /** Numbers an ordinary search skips can still be named exactly, if they are magic. */
  function findExactly(pattern: ContainsPattern, country: string): Position | undefined {
    if (pattern.exactDigits === null) return undefined;
    const isNorthAmerican = country === "US" || country === "CA";
    const withoutPrefix = isNorthAmerican && pattern.exactDigits.length === 10;
    return locate(`+${withoutPrefix ? "1" : ""}${pattern.exactDigits}`);
  }

  return {
    find(phoneNumber) {
      const position = locate(phoneNumber);
      if (position === undefined) return undefined;
      const { block, offset } = position;
      return isNeverSold(block, offset) ? undefined : describeNumber(block, offset, seed);
    },

    search(query, isTaken) {
      const candidates = blocks.filter((block) => isCandidateBlock(block, query));
      const exact = query.contains && findExactly(query.contains, query.country);
      const positions =
        exact && candidates.includes(exact.block)
          ? [exact]
          : walkBlocks(candidates, `${seed}:${JSON.stringify(query)}`);

      const found: StockedNumber[] = [];
      for (const { block, offset } of positions) {
        if (found.length >= query.limit) break;
        if (isNeverSold(block, offset)) continue;
        // Most numbers fail on their digits, which are cheaper to tell than the rest.
        const phoneNumber = phoneNumberAt(block, offset);
        if (isTaken(phoneNumber) || !hasWantedDigits(phoneNumber, query)) continue;
        const number = describeNumber(block, offset, seed);
        if (isMatch(number, query)) found.push(number);
      }
      return found;
    },

    typesOf: (country) =>
      NUMBER_TYPES.filter((type) => blocks.some((block) => block.country === country && block.type === type)),

    blockOfAreaCode: (areaCode) => blockByAreaCode.get(areaCode),
  };
}

/** Between the numbers for sale and the magic ones of a scarce area code. */
function isNeverSold(block: NumberBlock, offset: number): boolean {
  return offset >= block.forSale && offset < block.magicFrom;
}

function* walkBlocks(blocks: readonly NumberBlock[], seed: string): Generator<Position> {
  const ends: number[] = [];
  let total = 0;
  for (const block of blocks) {
    total += block.forSale;
    ends.push(total);
  }
  for (const index of walkInSeededOrder(total, seed)) {
    const position = positionOf(index, blocks, ends);
    if (position !== undefined) yield position;
  }
}

function positionOf(
  index: number,
  blocks: readonly NumberBlock[],
  ends: readonly number[],
): Position | undefined {
  let low = 0;
  let high = ends.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) > index) high = middle;
    else low = middle + 1;
  }
  const block = blocks[low];
  return block && { block, offset: index - ((ends[low] ?? 0) - block.forSale) };
}

function isCandidateBlock(block: NumberBlock, query: InventoryQuery): boolean {
  return (
    block.country === query.country &&
    block.type === query.type &&
    (query.areaCode === undefined || block.areaCode === query.areaCode) &&
    isSameText(block.place.region, query.region) &&
    isSameText(block.place.locality, query.locality) &&
    !query.excludedAddressRequirements.includes(block.addressRequirements) &&
    (query.near === undefined || isWithinMiles(block.place, query.near))
  );
}

function hasWantedDigits(phoneNumber: string, { contains, country }: InventoryQuery): boolean {
  const nationalNumber = toNationalNumber(phoneNumber, country);
  return contains === undefined || contains.matches({ phoneNumber, nationalNumber });
}

function isMatch(number: StockedNumber, query: InventoryQuery): boolean {
  return (
    (query.includeBeta || !number.beta) &&
    isSameText(number.lata, query.lata) &&
    isSameText(number.rateCenter, query.rateCenter) &&
    isSameText(number.postalCode, query.postalCode) &&
    hasCapabilities(number.capabilities, query.capabilities)
  );
}

function hasCapabilities(actual: Capabilities, wanted: Partial<Capabilities>): boolean {
  return (
    (wanted.voice ?? actual.voice) === actual.voice &&
    (wanted.sms ?? actual.sms) === actual.sms &&
    (wanted.mms ?? actual.mms) === actual.mms &&
    (wanted.fax ?? actual.fax) === actual.fax
  );
}

function isSameText(actual: string | null, wanted: string | undefined): boolean {
  return wanted === undefined || actual?.toLowerCase() === wanted.toLowerCase();
}
