export { getDrift, listDrifts } from "./list";
export { getSyncOverview, requestSync } from "./overview";
export { resolveDrift } from "./resolve";
export { syncAccount, syncEveryAccount } from "./sync";
