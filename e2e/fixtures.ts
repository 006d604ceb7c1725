import {
  type APIRequestContext,
  type Browser,
  test as base,
  expect,
  type Page,
  type PlaywrightWorkerArgs,
} from "@playwright/test";
import type { z } from "zod";
import type { NewApiKey, NewPersonalToken } from "@/lib/api-keys/schema";
import type {
  AvailableNumber,
  PhoneNumber,
  purchaseNumberBody,
  SearchResult,
} from "@/lib/phone-numbers/schema";
import { takeAreaCode } from "./area-codes";
import { BrowserGuard } from "./browser-guard";
import {
  createAgent,
  createMember,
  createOrganization,
  type Member,
  type Role,
  type TestAgent,
} from "./database";
import { stack } from "./environment";
import { waitForHydration } from "./hydration";
import { sessionCookie, signIn } from "./session";

export { expect } from "@playwright/test";

/** An organization of the test's own, the person signed in to it, and ways to add to it. */
export interface Desk {
  organizationId: string;
  user: Member;
  addMember: (role: Role) => Promise<Member>;
  /** With `versions` published versions. */
  addAgent: (name: string, versions?: number) => Promise<TestAgent>;
  /** A key of the organization with all that its user may do, as it is sent. */
  addKey: () => Promise<string>;
  /** A personal token of its user, as it is sent. */
  addToken: () => Promise<string>;
  /** The API as this person; the test's own user unless told otherwise. */
  openApi: (member?: Member) => Promise<APIRequestContext>;
  /** A browser of this person's own. */
  openPage: (member: Member) => Promise<Page>;
  /** Numbers for sale in the test's area code. */
  findOffers: () => Promise<AvailableNumber[]>;
  /** Buys a number in the test's area code, as the dashboard would. */
  buyNumber: (wishes?: Omit<PurchaseInput, "phone_number">) => Promise<PhoneNumber>;
}

type PurchaseInput = z.input<typeof purchaseNumberBody>;

interface Options {
  role: Role;
  numberLimit: number;
  signedIn: boolean;
}

interface Fixtures {
  guard: BrowserGuard;
  /** Where this test, and no other, buys its US numbers. */
  areaCode: string;
  desk: Desk;
  /** A second organization with an owner of its own. */
  neighbour: Desk;
  api: APIRequestContext;
}

export const test = base.extend<Options & Fixtures>({
  role: ["owner", { option: true }],
  numberLimit: [50, { option: true }],
  signedIn: [true, { option: true }],

  guard: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs from here.
    async ({}, use) => {
      const guard = new BrowserGuard();
      await use(guard);
      expect(guard.findings, "what the browser complained about").toEqual([]);
    },
    { auto: true },
  ],

  // biome-ignore lint/correctness/noEmptyPattern: as above
  areaCode: async ({}, use, { parallelIndex, config }) => {
    await use(await takeAreaCode({ parallelIndex, workers: config.workers }));
  },

  desk: async ({ browser, playwright, guard, areaCode, role, numberLimit }, use) => {
    await useDesk({ browser, playwright, guard, areaCode, role, numberLimit }, use);
  },

  neighbour: async ({ browser, playwright, guard, areaCode }, use) => {
    await useDesk({ browser, playwright, guard, areaCode, role: "owner", numberLimit: 50 }, use);
  },

  context: async ({ context, desk, guard, signedIn }, use) => {
    guard.watch(context);
    waitForHydration(context);
    if (signedIn) await signIn(context, desk.user.id);
    await use(context);
  },

  api: async ({ desk }, use) => {
    await use(await desk.openApi());
  },
});

interface DeskNeeds {
  browser: Browser;
  playwright: PlaywrightWorkerArgs["playwright"];
  guard: BrowserGuard;
  areaCode: string;
  role: Role;
  numberLimit: number;
}

async function useDesk(
  { browser, playwright, guard, areaCode, role, numberLimit }: DeskNeeds,
  use: (desk: Desk) => Promise<void>,
): Promise<void> {
  const closers: (() => Promise<void>)[] = [];
  const organization = await createOrganization(numberLimit);
  const user = await createMember(organization.id, role);

  async function openApi(member: Member = user): Promise<APIRequestContext> {
    const cookie = await sessionCookie(member.id);
    const context = await playwright.request.newContext({
      baseURL: stack.url,
      extraHTTPHeaders: { Cookie: `${cookie.name}=${cookie.value}`, Origin: stack.url },
    });
    closers.push(() => context.dispose());
    return context;
  }

  async function addCredential<T>(address: string): Promise<T> {
    const response = await (await openApi()).post(address, { data: { name: "Program" } });
    expect(response.status(), await response.text()).toBe(201);
    return (await response.json()) as T;
  }

  async function findOffers(): Promise<AvailableNumber[]> {
    const api = await openApi();
    const response = await api.get("/core/managed-accounts/default/search-numbers", {
      params: { area_code: areaCode, limit: 50 },
    });
    expect(response.status(), await response.text()).toBe(200);
    return ((await response.json()) as SearchResult).data;
  }

  await use({
    organizationId: organization.id,
    user,
    addMember: (memberRole) => createMember(organization.id, memberRole),
    addAgent: (name, versions = 1) => createAgent(organization.id, name, versions),
    addKey: async () => (await addCredential<NewApiKey>("/core/api-keys")).key,
    addToken: async () => (await addCredential<NewPersonalToken>("/core/personal-tokens")).token,
    openApi,
    openPage: async (member) => {
      const context = await browser.newContext({ baseURL: stack.url });
      closers.push(() => context.close());
      guard.watch(context);
      waitForHydration(context);
      await signIn(context, member.id);
      return await context.newPage();
    },
    findOffers,
    buyNumber: async (wishes = {}) => {
      const [offer] = await findOffers();
      if (!offer) throw new Error(`Nothing is for sale in ${areaCode}.`);
      const buyer = role === "owner" ? user : await createMember(organization.id, "owner");
      const api = await openApi(buyer);
      const response = await api.post("/core/managed-accounts/default/purchase-number", {
        data: { phone_number: offer.phone_number, ...wishes },
      });
      expect(response.status(), await response.text()).toBe(201);
      return (await response.json()) as PhoneNumber;
    },
  });
  for (const close of closers.reverse()) await close();
}
