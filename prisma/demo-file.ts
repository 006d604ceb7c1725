import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

/** `demo.json` in the data directory: how to reach and use the demo organization. Readable by its owner only. */

const demo = z.object({
  url: z.string(),
  email: z.string(),
  password: z.string(),
  organization_id: z.string(),
  managed_account_id: z.string(),
  api_key: z.string().nullable(),
  pat: z.string().nullable(),
});

export type Demo = z.infer<typeof demo>;

function demoFile(): string {
  return path.join(process.env.LINEDESK_DATA_DIR ?? ".data", "demo.json");
}

export function readDemo(): Demo | null {
  return existsSync(demoFile()) ? demo.parse(JSON.parse(readFileSync(demoFile(), "utf8"))) : null;
}

export function writeDemo(content: Demo): void {
  mkdirSync(path.dirname(demoFile()), { recursive: true });
  writeFileSync(demoFile(), `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
}
