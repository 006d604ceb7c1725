export { requireBuying, requireNotInSafeMode, requireReleasing } from "./guard";
export { liftKillSwitch } from "./lift";
export { listKillSwitches } from "./list";
export { setKillSwitch } from "./set";
