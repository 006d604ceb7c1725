import {
  type AddressRequirements,
  type CapabilityShares,
  NOWHERE,
  type NumberBlock,
  type NumberType,
} from "./number-block";

const CALLS_ONLY: CapabilityShares = { sms: 0, mms: 0, fax: 0 };
const SOME_TEXTS: CapabilityShares = { sms: 0.4, mms: 0, fax: 0.1 };
const CALLS_AND_TEXTS: CapabilityShares = { sms: 1, mms: 0, fax: 0 };

interface Run {
  country: string;
  type: NumberType;
  prefix: string;
  suffixDigits: number;
  locality?: string;
  addressRequirements: AddressRequirements;
  capabilities: CapabilityShares;
  betaShare?: number;
}

/** Numbers that regulators outside North America set aside for drama. */
export function buildOverseasBlocks(): NumberBlock[] {
  return [...british(), ...australian(), ...french(), ...german(), ...irish()].map(toBlock);
}

/** Ofcom, "Telephone numbers for use in TV and radio drama programmes". */
function british(): Run[] {
  const cities = [
    ["+441134960", "Leeds"],
    ["+441144960", "Sheffield"],
    ["+441154960", "Nottingham"],
    ["+441164960", "Leicester"],
    ["+441174960", "Bristol"],
    ["+441184960", "Reading"],
    ["+441214960", "Birmingham"],
    ["+441314960", "Edinburgh"],
    ["+441414960", "Glasgow"],
    ["+441514960", "Liverpool"],
    ["+441614960", "Manchester"],
    ["+441914980", "Newcastle upon Tyne"],
  ] as const;
  const local = { country: "GB", type: "local", capabilities: SOME_TEXTS } as const;
  return [
    { ...local, prefix: "+442079460", suffixDigits: 3, locality: "London", addressRequirements: "none" },
    ...cities.map(
      ([prefix, locality]): Run => ({
        ...local,
        prefix,
        suffixDigits: 3,
        locality,
        addressRequirements: "any",
      }),
    ),
    { ...local, prefix: "+441632960", suffixDigits: 3, addressRequirements: "any" },
    {
      country: "GB",
      type: "mobile",
      prefix: "+447700900",
      suffixDigits: 3,
      addressRequirements: "any",
      capabilities: CALLS_AND_TEXTS,
    },
    {
      country: "GB",
      type: "toll_free",
      prefix: "+448081570",
      suffixDigits: 3,
      addressRequirements: "none",
      capabilities: CALLS_ONLY,
    },
  ];
}

/** ACMA, "Phone numbers for use in TV shows, films and creative works". */
function australian(): Run[] {
  const cities = [
    ["+612", "Sydney"],
    ["+613", "Melbourne"],
    ["+617", "Brisbane"],
    ["+618", "Perth"],
  ] as const;
  const mobiles =
    "570006 570156 570157 570158 570159 570110 570313 570737 571266 571491 571804 572549 572665 572983 573770 " +
    "573087 574118 574632 575254 575789 576398 576801 577426 577644 578957 578148 578888 579212 579760 579455";
  return [
    ...cities.flatMap(([area, locality]) =>
      ["5550", "7010"].map(
        (exchange): Run => ({
          country: "AU",
          type: "local",
          prefix: `${area}${exchange}`,
          suffixDigits: 4,
          locality,
          addressRequirements: "any",
          capabilities: CALLS_ONLY,
          betaShare: exchange === "7010" ? 0.2 : 0,
        }),
      ),
    ),
    ...single(mobiles.split(" "), {
      country: "AU",
      type: "mobile",
      prefix: "+61491",
      addressRequirements: "any",
      capabilities: CALLS_AND_TEXTS,
    }),
    ...single(["160401", "975707", "975708", "975709", "975710", "975711"], {
      country: "AU",
      type: "toll_free",
      prefix: "+611800",
      addressRequirements: "none",
      capabilities: CALLS_ONLY,
    }),
  ];
}

/** ARCEP, numbering plan: "numéros pour les œuvres audiovisuelles". */
function french(): Run[] {
  const areas = [
    ["+3319900", "Paris"],
    ["+3326191", "Rennes"],
    ["+3335301", "Strasbourg"],
    ["+3346571", "Lyon"],
    ["+3353649", "Toulouse"],
  ] as const;
  return [
    ...areas.map(
      ([prefix, locality]): Run => ({
        country: "FR",
        type: "local",
        prefix,
        suffixDigits: 4,
        locality,
        addressRequirements: "local",
        capabilities: CALLS_ONLY,
      }),
    ),
    {
      country: "FR",
      type: "mobile",
      prefix: "+3363998",
      suffixDigits: 4,
      addressRequirements: "local",
      capabilities: CALLS_AND_TEXTS,
    },
  ];
}

/** Bundesnetzagentur, Mitteilung 148/2021: "Drama Numbers". */
function german(): Run[] {
  const cities = [
    ["+493023125", "Berlin"],
    ["+494066969", "Hamburg"],
    ["+496990009", "Frankfurt am Main"],
    ["+492214710", "Köln"],
    ["+498999998", "München"],
  ] as const;
  const mobile = {
    country: "DE",
    type: "mobile",
    addressRequirements: "any",
    capabilities: CALLS_AND_TEXTS,
    betaShare: 0.5,
  } as const;
  const singleMobiles =
    "15228817386 15228895456 15254599371 1729925904 1729968532 1729973185 1729973186 1729980752 1749091317 1749464308";
  return [
    ...cities.map(
      ([prefix, locality]): Run => ({
        country: "DE",
        type: "local",
        prefix,
        suffixDigits: 3,
        locality,
        addressRequirements: "local",
        capabilities: CALLS_ONLY,
      }),
    ),
    { ...mobile, prefix: "+4917139200", suffixDigits: 2 },
    { ...mobile, prefix: "+49176040690", suffixDigits: 2 },
    ...single(singleMobiles.split(" "), { ...mobile, prefix: "+49" }),
  ];
}

/** ComReg, numbering conditions of use: 020 91X XXXX, an area code that belongs to no place. */
function irish(): Run[] {
  return [
    {
      country: "IE",
      type: "local",
      prefix: "+3532091",
      suffixDigits: 5,
      addressRequirements: "local",
      capabilities: SOME_TEXTS,
    },
  ];
}

function single(suffixes: readonly string[], run: Omit<Run, "suffixDigits">): Run[] {
  return suffixes.map((suffix) => ({ ...run, prefix: run.prefix + suffix, suffixDigits: 0 }));
}

function toBlock(run: Run): NumberBlock {
  const count = 10 ** run.suffixDigits;
  return {
    country: run.country,
    type: run.type,
    prefix: run.prefix,
    suffixDigits: run.suffixDigits,
    first: 0,
    count,
    forSale: count,
    magicFrom: count,
    areaCode: null,
    place: { ...NOWHERE, locality: run.locality ?? null },
    addressRequirements: run.addressRequirements,
    capabilities: run.capabilities,
    betaShare: run.betaShare ?? 0,
  };
}
