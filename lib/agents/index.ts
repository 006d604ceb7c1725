export { createAgent, createVersion } from "./create";
export { getAgent, listAgents, listVersions } from "./list";
export { publishVersion } from "./publish";
