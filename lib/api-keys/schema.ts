import { z } from "zod";
import { scopeList } from "../permissions";

export const scope = z
  .enum(scopeList)
  .meta({ id: "Scope", description: "One thing a caller may do. `manage` implies `read`." });

const id = (prefix: string) => z.string().meta({ example: `${prefix}_0Qx5XNqG3vJ8sC1bT7yZ2k` });

const shared = {
  name: z.string().meta({ example: "Nightly import" }),
  scopes: z.array(scope),
  created_at: z.iso.datetime(),
  expires_at: z.iso.datetime().nullable(),
  last_used_at: z.iso.datetime().nullable().meta({ description: "To the minute; null until it is used." }),
  revoked_at: z.iso.datetime().nullable(),
};

/** A key of the organization, without its secret. */
export const apiKey = z
  .object({ id: id("ak"), ...shared, created_by: z.object({ id: z.string(), name: z.string() }) })
  .meta({ id: "ApiKey", description: "A key of the organization, without its secret." });

/** A personal token, without its secret. */
export const personalToken = z
  .object({ id: id("pat"), ...shared })
  .meta({ id: "PersonalToken", description: "A token of the person who asks, without its secret." });

const secret = z.string().meta({ description: "Told in this answer and never again." });

export const newApiKey = z.object({ ...apiKey.shape, key: secret }).meta({ id: "NewApiKey" });
export const newPersonalToken = z
  .object({ ...personalToken.shape, token: secret })
  .meta({ id: "NewPersonalToken" });

export const apiKeyList = z
  .object({ data: z.array(apiKey), next_cursor: z.null() })
  .meta({ id: "ApiKeyList" });
export const personalTokenList = z
  .object({ data: z.array(personalToken), next_cursor: z.null() })
  .meta({ id: "PersonalTokenList" });

/** Body of `POST /core/api-keys` and of `POST /core/personal-tokens`. */
export const createCredentialBody = z
  .strictObject({
    name: z.string().trim().min(1, "Give it a name.").max(80, "A name has at most 80 characters."),
    scopes: z.array(scope).min(1, "Choose at least one scope.").optional().meta({
      description: "At most what the caller may do, which is also what it gets without this field.",
    }),
    expires_at: z.iso
      .datetime({ offset: true, error: "Write a moment like 2027-01-31T00:00:00Z." })
      .nullable()
      .optional()
      .meta({
        description: "Without it, or with null, it does not expire.",
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
