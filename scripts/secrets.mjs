import { randomBytes } from "node:crypto";
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The secrets of this installation, made once. They are never made again: the password of the embedded database
 * and everything signed or encrypted depends on them.
 */
export function readSecrets(directory) {
  const file = join(directory, "secrets.json");
  if (!existsSync(file)) create(file);
  return JSON.parse(readFileSync(file, "utf8"));
}

function create(file) {
  const secrets = {
    nextauthSecret: randomBytes(32).toString("base64url"),
    databasePassword: randomBytes(24).toString("base64url"),
    databaseAdminPassword: randomBytes(24).toString("base64url"),
    // The shape Twilio gives to its own: code that checks the shape must see nothing unusual.
    carrierAccountSid: `AC${randomBytes(16).toString("hex")}`,
    carrierAuthToken: randomBytes(16).toString("hex"),
  };
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (error.code !== "EEXIST") throw error; // someone else made them a moment ago: theirs count
  } finally {
    rmSync(draft);
  }
}
