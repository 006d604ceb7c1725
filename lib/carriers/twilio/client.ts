import twilio from "twilio";

export interface TwilioSettings {
  accountSid: string;
  authToken: string;
  /** Sends every request to `<baseUrl>/<host>/…` instead of `https://<host>/…`; for the local carrier. */
  baseUrl?: string;
  readTimeoutMs: number;
  writeTimeoutMs: number;
  /** Numbers to a page of the account's list; Twilio allows 1,000. */
  pageSize?: number;
}

type Request<TData> = Parameters<typeof twilio.RequestClient.prototype.request<TData>>[0];

/**
 * The one place where requests leave for Twilio: redirects the host, sets the time limit by method, never repeats.
 * The SDK's own timeout is a socket timeout and is lost behind HTTP_PROXY, so a total limit stands beside it.
 */
class Transport extends twilio.RequestClient {
  constructor(private readonly settings: TwilioSettings) {
    super({ autoRetry: false, keepAlive: true });
  }

  override async request<TData>(request: Request<TData>) {
    const limit = request.method === "get" ? this.settings.readTimeoutMs : this.settings.writeTimeoutMs;
    const { baseUrl } = this.settings;
    const uri = baseUrl ? request.uri.replace(/^https:\//, baseUrl.replace(/\/$/, "")) : request.uri;
    return await within(
      super.request<TData>({ ...request, uri, timeout: limit, allowRedirects: false }),
      limit + 500,
    );
  }
}

async function within<T>(work: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(Object.assign(new Error("No answer in time."), { code: "ETIMEDOUT" })),
      limitMs,
    );
  });
  return await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

export function createClient(settings: TwilioSettings) {
  return twilio(settings.accountSid, settings.authToken, {
    httpClient: new Transport(settings),
    // TWILIO_REGION and TWILIO_EDGE would rewrite the host behind our back.
    env: { NODE_ENV: process.env.NODE_ENV },
  });
}

export type TwilioClient = ReturnType<typeof createClient>;
