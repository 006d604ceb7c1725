import { z } from "zod";
import { scopeList } from "../permissions";

export const scope = z.enum(scopeList).meta({
  id: "Scope",
  description: "One thing a caller may do. `manage` implies `read`.",
  example: "phone_numbers:read",
});

const id = (prefix: string) => z.string().meta({ example: `${prefix}_0Qx5XNqG3vJ8sC1bT7yZ2k` });

const shared = {
  name: z.string().meta({ description: "What it is for.", example: "Nightly import" }),
  scopes: z.array(scope).meta({ description: "What it may do.", example: ["phone_numbers:read"] }),
  created_at: z.iso.datetime().meta({ example: "2026-11-22T09:14:05.102Z" }),
  expires_at: z.iso
    .datetime()
    .nullable()
    .meta({ description: "When it stops working by itself; null for never.", example: null }),
  last_used_at: z.iso
    .datetime()
    .nullable()
    .meta({ description: "To the minute; null until it is used.", example: "2026-11-23T02:00:00.000Z" }),
  revoked_at: z.iso
    .datetime()
    .nullable()
    .meta({ description: "When it was revoked; null while it works.", example: null }),
};

const maker = z
  .object({
    id: z.string().meta({ example: "usr_1xSgNxD2mRk7Vb4Hq9TzPa" }),
    name: z.string().meta({ example: "Ada Lindgren" }),
  })
  .meta({ description: "The person who made it." });

export const apiKey = z
  .object({ id: id("ak"), ...shared, created_by: maker })
  .meta({ id: "ApiKey", description: "A key of the organization, without its secret." });

export const personalToken = z
  .object({ id: id("pat"), ...shared })
  .meta({ id: "PersonalToken", description: "A token of the person who asks, without its secret." });

const secret = (prefix: string) =>
  z.string().meta({
    description: "What stands behind `Bearer`. Told in this answer and never again.",
    example: `${prefix}EXAMPLEexampleEXAMPLEexampleEXAMPLEexam`,
  });

export const newApiKey = z
  .object({ ...apiKey.shape, key: secret("ak_0Qx5XNqG3vJ8sC1bT7yZ2k.") })
  .meta({ id: "NewApiKey", description: "A key of the organization, with its secret." });
export const newPersonalToken = z
  .object({ ...personalToken.shape, token: secret("pat_0Qx5XNqG3vJ8sC1bT7yZ2k") })
  .meta({ id: "NewPersonalToken", description: "A personal token, with its secret." });

export const apiKeyList = z
  .object({ data: z.array(apiKey), next_cursor: z.null() })
  .meta({ id: "ApiKeyList" });
export const personalTokenList = z
  .object({ data: z.array(personalToken), next_cursor: z.null() })
  .meta({ id: "PersonalTokenList" });

/** Body of `POST /core/api-keys` and of `POST /core/personal-tokens`. */
export const createCredentialBody = z
  .strictObject({
    name: z
      .string()
      .trim()
      .min(1, "Give it a name.")
      .max(80, "A name has at most 80 characters.")
      .meta({ description: "What it is for.", example: "Nightly import" }),
    scopes: z
      .array(scope)
      .min(1, "Choose at least one scope.")
      .optional()
      .meta({
        description: "At most what the caller may do, which is also what it gets without this field.",
        example: ["phone_numbers:read"],
      }),
    expires_at: z.iso
      .datetime({ offset: true, error: "Write a moment like 2027-01-31T00:00:00Z." })
      .nullable()
      .optional()
      .meta({
        description:
          "Without it, or with null, it does not expire; made with a key or token that does, never later than that one.",
        example: "2027-01-31T00:00:00Z",
      }),
  })
  .meta({ id: "CreateCredential" });

export type Scope = z.infer<typeof scope>;
export type ApiKey = z.infer<typeof apiKey>;
export type NewApiKey = z.infer<typeof newApiKey>;
export type PersonalToken = z.infer<typeof personalToken>;
export type NewPersonalToken = z.infer<typeof newPersonalToken>;
export type CreateCredentialBody = z.output<typeof createCredentialBody>;
