import { asOrganizationId } from "../context";
import { newId } from "../ids";
import { allScopes } from "../permissions";
import { buyPhoneNumber } from "../phone-numbers";

/** A process of its own that buys one number, to be killed on the way: `tsx buy-and-wait.ts <organization> <number>`. */
const [organizationId = "", phoneNumber = ""] = process.argv.slice(2);

await buyPhoneNumber(
  {
    organizationId: asOrganizationId(organizationId),
    actor: { kind: "user", id: newId("usr"), name: "Killed" },
    scopes: allScopes,
    surface: "core_api",
    requestId: newId("req"),
  },
  "default",
  { phone_number: phoneNumber },
);
