import "./node-version.mjs";
import { ensureBuilt } from "./build.mjs";
import { supervise } from "./supervise.mjs";

await supervise({ title: "npm start", prepare: ensureBuilt });
