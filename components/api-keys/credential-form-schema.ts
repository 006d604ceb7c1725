import { z } from "zod";
import { type CreateCredentialBody, createCredentialBody, type Scope, scope } from "@/lib/api-keys/schema";
import { expiryChoices, expiryMoment, findDateMistake } from "./expiry";
import { readOnly } from "./scope-words";

export const credentialForm = z
  .object({
    name: createCredentialBody.shape.name,
    expiry: z.enum(expiryChoices),
    date: z.string(),
    reach: z.enum(["read", "everything", "chosen"]),
    /** Counts for "chosen" only. */
    scopes: z.array(scope),
  })
  .superRefine((form, context) => {
    const mistake = findDateMistake(form, new Date());
    if (mistake) context.addIssue({ code: "custom", path: ["date"], message: mistake });
    if (form.reach === "chosen" && form.scopes.length === 0) {
      context.addIssue({ code: "custom", path: ["scopes"], message: "Choose at least one." });
    }
  });

export type CredentialForm = z.infer<typeof credentialForm>;

/** What is sent; `held` is what the person may do, which is also what comes of sending no scopes. */
export function toCreateBody(form: CredentialForm, held: readonly Scope[], now: Date): CreateCredentialBody {
  return {
    name: form.name,
    expires_at: expiryMoment(form, now)?.toISOString() ?? null,
    ...(form.reach === "read" && { scopes: readOnly(held) }),
    ...(form.reach === "chosen" && { scopes: form.scopes }),
  };
}
