import "./node-version.mjs";
import { ensureGenerated } from "./generate.mjs";
import { supervise } from "./supervise.mjs";

await supervise({ title: "npm run dev", prepare: ensureGenerated, development: true });
