export { endSafeMode } from "./end-safe-mode";
export { areMarksKept, enterSafeMode, findSafeModeReason, isInSafeMode, keepEpoch } from "./epoch";
export { operatesInstallation, requireOperator } from "./operator";
export { installationTag } from "./tag";
