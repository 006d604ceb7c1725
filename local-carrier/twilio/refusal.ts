/** What Twilio says no with. Thrown by operations, turned into a reply in one place. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: number;

  constructor(status: number, code: number, message?: string) {
    super(message ?? DEFAULT_MESSAGES[code] ?? "Refused");
    this.status = status;
    this.code = code;
  }
}

const DEFAULT_MESSAGES: Readonly<Record<number, string>> = {
  10001: "Account is not active",
  20001: "Invalid parameter",
  20003: "Authenticate",
  20004: "Method not allowed",
  20429: "Too Many Requests",
  20500: "Internal Server Error",
  21404: "Trial accounts are allowed only one Twilio number. To purchase additional numbers, please upgrade",
  21422: "The requested phone number is not available",
  21481: "Invalid PageToken",
  21613: "PhoneNumber Requires a Validated Address: the address is missing or belongs to another account",
  21631: "Phone Number Requires an Address but the 'AddressSid' parameter was empty",
};

export function describeRefusal(refusal: Refusal): object {
  return {
    code: refusal.code,
    message: refusal.message,
    more_info: `https://www.twilio.com/docs/errors/${refusal.code}`,
    status: refusal.status,
  };
}

export function refuseAsNotFound(path: string): Refusal {
  return new Refusal(404, 20404, `The requested resource ${path} was not found`);
}

export function refuseAsInvalid(code: number, message: string): Refusal {
  return new Refusal(400, code, message);
}
