import type { Settings } from "../books/settings";
import type { Behaviour } from "./behaviour";

interface Magic {
  /** Faults that pass, such as a lost reply, strike a number once; facts about a number always hold. */
  strikes: "once" | "always";
  behaviour: (settings: Settings, form: URLSearchParams) => Behaviour | null;
}

const MAGIC_NUMBER = /^\+1\d{3}555(01[0-9]{2})$/;

const MAGIC_BY_ENDING: Readonly<Record<string, Magic>> = {
  "0190": {
    strikes: "always",
    behaviour: () => ({ kind: "refuse", status: 400, code: 21422 }),
  },
  "0191": {
    strikes: "always",
    behaviour: (settings) => ({ kind: "delay", ms: settings.magic_slow_ms, when: "before" }),
  },
  "0192": { strikes: "once", behaviour: () => ({ kind: "reset_after" }) },
  "0193": { strikes: "once", behaviour: () => ({ kind: "reset_before" }) },
  "0194": { strikes: "once", behaviour: () => ({ kind: "error_500_after" }) },
  "0195": { strikes: "once", behaviour: () => ({ kind: "error_500_before" }) },
  "0196": { strikes: "once", behaviour: () => ({ kind: "status_429" }) },
  "0197": {
    strikes: "always",
    behaviour: (_settings, form) =>
      form.get("AddressSid") ? null : { kind: "refuse", status: 400, code: 21631 },
  },
  "0198": {
    strikes: "always",
    behaviour: () => ({ kind: "refuse", status: 403, code: 10001 }),
  },
  "0199": {
    strikes: "once",
    behaviour: (settings) => ({ kind: "delay", ms: settings.magic_late_ms, when: "after" }),
  },
};

export function findMagic(phoneNumber: string): Magic | undefined {
  const ending = MAGIC_NUMBER.exec(phoneNumber)?.[1];
  return ending === undefined ? undefined : MAGIC_BY_ENDING[ending];
}
