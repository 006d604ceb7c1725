import { z } from "zod";
import { managedAccountId } from "../phone-numbers/vocabulary";

export const moneyAct = z
  .enum(["buying", "releasing"])
  .meta({ id: "MoneyAct", description: "What is stopped.", example: "buying" });

/** What a switch reaches: everything, one carrier account, or one organization. */
export const killSwitchReach = z
  .enum(["installation", "managed_account", "organization"])
  .meta({ id: "KillSwitchReach", description: "What a switch reaches.", example: "organization" });

export const killSwitch = z
  .object({
    id: z.string().meta({ example: "ks_1xSgR0dPq4wXz8Mc7Ja2Ly" }),
    act: moneyAct,
    reach: killSwitchReach,
    managed_account_id: managedAccountId
      .nullable()
      .meta({ description: "The account, when it reaches one." }),
    organization_id: z
      .string()
      .nullable()
      .meta({ description: "The organization, when it reaches one.", example: null }),
    name: z.string().meta({
      description: "What it reaches, by name.",
      example: "Acme Clinics",
    }),
    reason: z
      .string()
      .meta({ description: "Why, for whoever meets it.", example: "Prices are under review." }),
    set_by: z
      .object({
        kind: z.enum(["user", "key", "token", "job"]).meta({ example: "user" }),
        name: z.string().meta({ example: "Ada Admin" }),
      })
      .meta({ description: "Who set it; of another organization no person is named." }),
    created_at: z.iso.datetime().meta({ example: "2026-11-22T09:40:12.001Z" }),
    can_lift: z.boolean().meta({ description: "Whether the caller may lift it.", example: true }),
  })
  .meta({ id: "KillSwitch", description: "Stops buying or releasing while it is there." });

export const killSwitchPage = z
  .object({ data: z.array(killSwitch), next_cursor: z.null() })
  .meta({ id: "KillSwitchPage" });

/** Body of `POST /core/kill-switches`. `organization` reaches the caller's own unless it names another. */
export const setKillSwitchBody = z
  .strictObject({
    act: moneyAct,
    reach: killSwitchReach,
    managed_account_id: z.string().max(40).optional().meta({ description: "Needed to reach an account." }),
    organization_id: z
      .string()
      .max(40)
      .optional()
      .meta({ description: "Another organization than your own; for those who run the installation." }),
    reason: z
      .string()
      .trim()
      .min(1, "Say why, for whoever meets it.")
      .max(200)
      .meta({ description: "A sentence for whoever meets it.", example: "Prices are under review." }),
  })
  .superRefine(({ reach, managed_account_id, organization_id }, context) => {
    const complain = (field: string, message: string) =>
      context.addIssue({ code: "custom", path: [field], message });
    if (reach === "managed_account" && managed_account_id === undefined)
      complain("managed_account_id", "Say which carrier account.");
    if (reach !== "managed_account" && managed_account_id !== undefined)
      complain("managed_account_id", "Only a switch that reaches a carrier account names one.");
    if (reach !== "organization" && organization_id !== undefined)
      complain("organization_id", "Only a switch that reaches an organization names one.");
  })
  .meta({ id: "SetKillSwitch" });

export type MoneyAct = z.infer<typeof moneyAct>;
export type KillSwitch = z.infer<typeof killSwitch>;
export type KillSwitchPage = z.infer<typeof killSwitchPage>;
export type SetKillSwitchBody = z.output<typeof setKillSwitchBody>;
