export { createApiKey, createPersonalToken } from "./create";
export { findBearer } from "./find";
export { listApiKeys, listPersonalTokens } from "./list";
export { requirePerson } from "./person";
export { revokeApiKey, revokePersonalToken } from "./revoke";
