import { hash, verify } from "@node-rs/argon2";

/** argon2id with the second recommended parameter choice of RFC 9106 scaled to what OWASP asks for (19 MiB, 2 passes). */
const parameters = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export async function hashPassword(password: string): Promise<string> {
  return await hash(password, parameters);
}

let nobody: Promise<string> | undefined;

/** Whether the password is right. Takes as long when there is no such person or no password. */
export async function passwordMatches(
  password: string,
  passwordHash: string | null | undefined,
): Promise<boolean> {
  nobody ??= hashPassword("a password nobody has");
  const matches = await verify(passwordHash ?? (await nobody), password);
  return matches && passwordHash != null;
}
