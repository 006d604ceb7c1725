import { z } from "zod";
import { killSwitchReach, type SetKillSwitchBody, setKillSwitchBody } from "@/lib/kill-switches/schema";

export const stopForm = z
  .object({
    act: setKillSwitchBody.shape.act,
    reach: killSwitchReach,
    /** Counts for an account only. */
    managed_account_id: z.string(),
    reason: setKillSwitchBody.shape.reason,
  })
  .superRefine(({ reach, managed_account_id }, context) => {
    if (reach === "managed_account" && managed_account_id === "") {
      context.addIssue({
        code: "custom",
        path: ["managed_account_id"],
        message: "Choose the carrier account.",
      });
    }
  });

export type StopForm = z.infer<typeof stopForm>;

export function toSetBody({ act, reach, managed_account_id, reason }: StopForm): SetKillSwitchBody {
  return { act, reach, reason, ...(reach === "managed_account" && { managed_account_id }) };
}
