import type { Behaviour, FaultOperation, FaultRequest } from "./behaviour";

export interface ArmedFault extends FaultRequest {
  id: number;
}

export interface ArmedFaults {
  arm(request: FaultRequest): ArmedFault;
  list(): ArmedFault[];
  clear(): number;
  /** The behaviour of the oldest fault that fits, used up by one. */
  take(operation: FaultOperation, phoneNumber: string | null): Behaviour | null;
}

/** Faults live in memory: a carrier that restarts behaves itself. */
export function createArmedFaults(): ArmedFaults {
  let armed: ArmedFault[] = [];
  let lastId = 0;

  return {
    arm(request) {
      lastId += 1;
      const fault = { ...request, id: lastId };
      armed.push(fault);
      return fault;
    },
    list: () => armed,
    clear() {
      const { length } = armed;
      armed = [];
      return length;
    },
    take(operation, phoneNumber) {
      const fault = armed.find(
        (candidate) =>
          (candidate.operation === "any" || candidate.operation === operation) &&
          (candidate.phone_number === undefined || candidate.phone_number === phoneNumber),
      );
      if (fault === undefined) return null;
      if (fault.times === 1) armed = armed.filter((candidate) => candidate !== fault);
      // Zero means until cleared.
      else if (fault.times > 1) fault.times -= 1;
      return fault.behaviour;
    },
  };
}
