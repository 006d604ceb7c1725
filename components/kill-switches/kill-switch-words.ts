import type { KillSwitch, MoneyAct } from "@/lib/kill-switches/schema";

export const actNames: Record<MoneyAct, string> = { buying: "Buying", releasing: "Releasing" };

/** "everywhere", "at Twilio", "for Acme Clinics" */
export function describeReach({ reach, name }: Pick<KillSwitch, "reach" | "name">): string {
  switch (reach) {
    case "installation":
      return "everywhere";
    case "managed_account":
      return `at ${name}`;
    case "organization":
      return `for ${name}`;
  }
}

/** "Buying for Acme Clinics" */
export function describeSwitch(killSwitch: KillSwitch): string {
  return `${actNames[killSwitch.act]} ${describeReach(killSwitch)}`;
}
