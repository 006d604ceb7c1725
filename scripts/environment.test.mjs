import { afterEach, expect, test, vi } from "vitest";
import { appEnvironment, servesLocalCarrier, testEnvironment } from "./environment.mjs";

const secrets = { nextauthSecret: "made-up", carrierAccountSid: "AC0", carrierAuthToken: "token" };
const where = {
  port: 3000,
  host: "127.0.0.1",
  url: "http://localhost:3000",
  databaseUrl: "postgresql://own",
  dataDirectory: "/d",
  secrets,
};

afterEach(() => vi.unstubAllEnvs());

test("the local carrier serves unless a real one is configured or it is switched off", () => {
  expect(servesLocalCarrier({})).toBe(true);
  expect(servesLocalCarrier({ TWILIO_ACCOUNT_SID: "AC1" })).toBe(false);
  expect(servesLocalCarrier({ TELNYX_API_KEY: "KEY" })).toBe(false);
  expect(servesLocalCarrier({ LINEDESK_LOCAL_CARRIER: "0" })).toBe(false);
});

test("a real carrier's credentials reach the application untouched", () => {
  const env = { TWILIO_ACCOUNT_SID: "AC1", TWILIO_AUTH_TOKEN: "real", NEXTAUTH_SECRET: "chosen" };
  const settings = appEnvironment({ ...where, env, carrierUrl: null });
  expect(settings).toMatchObject(env);
  expect(settings).not.toHaveProperty("TWILIO_BASE_URL");
  expect(settings).not.toHaveProperty("LINEDESK_LOCAL_CARRIER");
});

test("the local carrier's address and credentials are filled in", () => {
  const settings = appEnvironment({ ...where, env: {}, carrierUrl: "http://127.0.0.1:4010" });
  expect(settings).toMatchObject({
    TWILIO_ACCOUNT_SID: "AC0",
    TWILIO_BASE_URL: "http://127.0.0.1:4010",
    LINEDESK_LOCAL_CARRIER: "1",
    NEXTAUTH_URL: "http://localhost:3000",
    NEXTAUTH_SECRET: "made-up",
    LINEDESK_EPOCH_FILE: "/d/epoch",
  });
});

test("tests see neither the developer's database nor a real carrier, but LINEDESK settings", () => {
  for (const name of [
    "DATABASE_URL",
    "TWILIO_AUTH_TOKEN",
    "TELNYX_API_KEY",
    "LINEDESK_URL",
    "LINEDESK_DATA_DIR",
    "LINEDESK_EPOCH_FILE",
  ])
    vi.stubEnv(name, "real");
  vi.stubEnv("LINEDESK_QUIET_WINDOW_SECONDS", "3");
  const env = testEnvironment();
  expect(env).not.toHaveProperty("DATABASE_URL");
  expect(env).not.toHaveProperty("TWILIO_AUTH_TOKEN");
  expect(env).not.toHaveProperty("TELNYX_API_KEY");
  expect(env).not.toHaveProperty("LINEDESK_URL");
  expect(env).not.toHaveProperty("LINEDESK_DATA_DIR");
  expect(env).not.toHaveProperty("LINEDESK_EPOCH_FILE");
  expect(env.LINEDESK_QUIET_WINDOW_SECONDS).toBe("3");
});
