/**
 * What is measured, over `facts` about who listens where and what is in the database. The first variant of a scenario is
 * what the others are held against; each is the same work asked of somebody else. `request(n)` is the n-th request of a
 * variant. `same` picks what all variants must answer alike, so that nobody is fast by doing less.
 */
export function scenariosOf({ floor, linedesk, counting, carrier, large, small, callers }) {
  const versusFloor = (request) => [
    { name: "the floor", request: request(floor) },
    { name: "Linedesk", request: request(linedesk) },
  ];
  const list = (origin, { key }) => read(`${origin}/core/phone-numbers?limit=20`, key);

  return [
    {
      name: "List 20 of 100,000 numbers",
      target: 0.6,
      same: ({ data }) => data.map(({ id }) => id),
      variants: versusFloor((origin) => list(origin, large)),
    },
    {
      name: "Read one number",
      target: 0.6,
      same: ({ id, version, inbound, purchase_order_id }) => [
        id,
        version,
        inbound?.agent_id,
        purchase_order_id,
      ],
      variants: versusFloor(
        (origin) => (n) => read(`${origin}/core/phone-numbers/${pick(large.numbers, n)}`, large.key)(),
      ),
    },
    {
      name: "Label one number",
      target: 0.6,
      same: ({ id, label }) => [id, label],
      variants: versusFloor((origin) => (n) => ({
        url: `${origin}/core/phone-numbers/${pick(large.numbers, n)}`,
        method: "PATCH",
        headers: { ...bearer(large.key), "Content-Type": "application/json" },
        body: JSON.stringify({ label: `Line ${n}` }),
        status: 200,
      })),
    },
    {
      name: "See whose key it is",
      same: ({ id, organization_id }) => [id, organization_id],
      variants: versusFloor((origin) => read(`${origin}/core/me`, large.key)),
    },
    {
      name: "Refuse a malformed key",
      same: ({ status }) => status,
      variants: versusFloor((origin) => read(`${origin}/core/me`, "ak_malformed", 401)),
    },
    {
      name: "List 20 numbers",
      target: 0.9,
      variants: [
        { name: "of 1,000", request: list(linedesk, small) },
        { name: "of 100,000", request: list(linedesk, large) },
      ],
    },
    {
      name: "Count the request",
      variants: [
        { name: "not at all", request: asMany(counting.none, callers.none) },
        { name: "in advance", request: asMany(counting.ahead, callers.ahead) },
        { name: "each by itself", request: asMany(counting.each, callers.each) },
      ],
    },
    {
      name: "Search numbers for sale",
      // One at a time: what is asked is what we add to the carrier's time, not how two servers share the cores.
      connections: 1,
      mostAddedMs: 10,
      same: ({ data, available_phone_numbers }) =>
        (data ?? available_phone_numbers).map(({ phone_number }) => phone_number),
      variants: [
        { name: "the carrier itself", request: searchCarrier(carrier) },
        { name: "Linedesk", request: searchLinedesk(linedesk, large.key) },
      ],
    },
  ];
}

/** Of a limit below 100 nothing is taken in advance: a fiftieth of it is less than two requests. */
export const highestLimitWithoutAdvance = 99;
const requestsPerCaller = 90;
const callersAtOnce = 16;
/** For `count` requests of the scenario that counts them. */
export const callersFor = (count) => Math.ceil(count / requestsPerCaller / callersAtOnce) * callersAtOnce;

/** Many callers in turns, none above its limit, and hardly ever two requests at once by the same one. */
function asMany(origin, keys) {
  return (n) => {
    const turn = Math.floor(n / (callersAtOnce * requestsPerCaller));
    return read(`${origin}/core/me`, keys[turn * callersAtOnce + (n % callersAtOnce)])();
  };
}

function searchCarrier({ url, accountSid, authToken }) {
  const inventory = `${url}/api.twilio.com/2010-04-01/Accounts/${accountSid}/AvailablePhoneNumbers/US/Local.json`;
  const credentials = Buffer.from(`${accountSid}:${authToken}`).toString("base64");
  return () => ({
    url: `${inventory}?AreaCode=415&VoiceEnabled=true&PageSize=50`,
    headers: { Authorization: `Basic ${credentials}` },
    status: 200,
  });
}

function searchLinedesk(origin, key) {
  return () => ({
    url: `${origin}/api/public/v1/telephony/numbers/search`,
    method: "POST",
    headers: { ...bearer(key), "Content-Type": "application/json" },
    body: JSON.stringify({ area_code: "415", page_size: 50 }),
    status: 200,
  });
}

function read(url, key, status = 200) {
  return () => ({ url, headers: bearer(key), status });
}

const bearer = (key) => ({ Authorization: `Bearer ${key}` });
const pick = (values, n) => values[n % values.length];
