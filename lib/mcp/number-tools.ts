import { z } from "zod";
import {
  assignSlot,
  getPhoneNumber,
  listPhoneNumbers,
  unassignSlot,
  updatePhoneNumber,
} from "../phone-numbers";
import {
  assignSlotBody,
  direction,
  e164,
  listPhoneNumbersQuery,
  numberStatus,
  phoneNumber,
  phoneNumberPage,
} from "../phone-numbers/schema";
import { readsOnly, tool } from "./tool";
import { describeNumber, describePage } from "./words";

const numberId = z.string().regex(/^num_[0-9A-Za-z]{1,40}$/);

/** How tools take a number of the organization. */
export const ownNumber = z
  .union([e164, numberId], "Use a number in E.164 form, like +14155550123, or its id.")
  .meta({ description: "A number of the organization, in E.164 form like +14155550123, or its id." });

const slot = { phone_number: ownNumber, direction };

/** Changes what the organization can change back, and nothing outside of Linedesk. */
const edits = {
  readOnlyHint: false,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
} as const;

const listPhoneNumbersTool = tool({
  name: "list_phone_numbers",
  title: "List phone numbers",
  description:
    "Lists the phone numbers of the organization with status, inbound and outbound agent, price and next renewal. Filters narrow it down; without `status` it lists every number that counts against the limit.",
  access: [["phone_numbers:read"]],
  annotations: readsOnly,
  input: listPhoneNumbersQuery
    .pick({ q: true, agent_id: true, country_code: true, phone_number_type: true, sort: true, cursor: true })
    .extend({
      status: z.array(numberStatus).optional(),
      assigned: z.boolean().optional().meta({ description: "Whether any slot is filled." }),
      outbound_shareable: z
        .boolean()
        .optional()
        .meta({ description: "Whether other agents may call from it." }),
      limit: z.number().int().min(1).max(200).default(20).meta({ description: "Numbers to a page." }),
    }),
  output: phoneNumberPage,
  async run(ctx, input) {
    const page = await listPhoneNumbers(ctx, input);
    return { facts: page, text: describePage(page.data.map(describeNumber), page.next_cursor) };
  },
});

const getPhoneNumberTool = tool({
  name: "get_phone_number",
  title: "Get a phone number",
  description:
    "Shows one phone number of the organization: status, agents, price, renewal. A number that is being bought or released shows how far that is.",
  access: [["phone_numbers:read"]],
  annotations: readsOnly,
  input: z.strictObject({ phone_number: ownNumber }),
  output: phoneNumber,
  async run(ctx, input) {
    const number = await getPhoneNumber(ctx, input.phone_number);
    return { facts: number, text: describeNumber(number) };
  },
});

const assignAgentTool = tool({
  name: "assign_agent",
  title: "Assign an agent to a number",
  description:
    "Puts an agent into one slot of a number: `inbound` answers its calls, `outbound` calls from it. The other slot is left alone. It holds from the next call. A slot of another agent is only taken over with `replace: true`; ask the person first.",
  access: [["phone_numbers:manage"]],
  annotations: { ...edits, destructiveHint: true },
  input: assignSlotBody.extend(slot),
  output: phoneNumber,
  async run(ctx, { phone_number, ...edit }) {
    const number = await assignSlot(ctx, { phoneNumber: phone_number, ...edit });
    return { facts: number, text: describeNumber(number) };
  },
});

const unassignAgentTool = tool({
  name: "unassign_agent",
  title: "Empty a slot of a number",
  description:
    "Takes the agent out of one slot of a number. With an empty inbound slot no agent answers the number any more; with an empty outbound slot any agent of the organization may call from it.",
  access: [["phone_numbers:manage"]],
  annotations: { ...edits, destructiveHint: true },
  input: z.strictObject(slot),
  output: phoneNumber,
  async run(ctx, input) {
    const edit = { phoneNumber: input.phone_number, direction: input.direction };
    const number = await unassignSlot(ctx, edit);
    return { facts: number, text: describeNumber(number) };
  },
});

const shareNumberTool = tool({
  name: "share_number",
  title: "Share a number, or stop sharing it",
  description:
    "Says whether any agent of the organization may call from a number, or only the agent in its outbound slot.",
  access: [["phone_numbers:manage"]],
  annotations: edits,
  input: z.strictObject({
    phone_number: ownNumber,
    shareable: z.boolean().meta({ description: "True: any agent of the organization may call from it." }),
  }),
  output: phoneNumber,
  async run(ctx, { phone_number, shareable }) {
    const changes = { outbound_shareable: shareable };
    const number = await updatePhoneNumber(ctx, { phoneNumber: phone_number, changes });
    return { facts: number, text: describeNumber(number) };
  },
});

export const numberTools = [
  listPhoneNumbersTool,
  getPhoneNumberTool,
  assignAgentTool,
  unassignAgentTool,
  shareNumberTool,
];
