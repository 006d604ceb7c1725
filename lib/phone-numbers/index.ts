export { assignSlot, assignVersionToNumbers, emptySlots, unassignSlot } from "./assign";
export { buyPhoneNumber } from "./buy";
export { ensureManagedTrunk, requireRoom, requireUnclaimed } from "./claim";
export { formatNumber } from "./format";
export { leaseInterval, nothingDue, sendWithinMs } from "./lease";
export { getPhoneNumber, listNumbersOfAgent, listPhoneNumbers, listPhoneNumbersByOffset } from "./list";
export { planPurchase } from "./offer";
export { findPurchaseOfRequest, findReleaseOfRequest, getPurchaseOrder } from "./orders";
export { recoverUnfinished } from "./recover";
export { registerPhoneNumber } from "./register";
export { planRelease, releasePhoneNumber } from "./release";
export { findOffers, searchNumbers } from "./search";
export { decimalText } from "./serialize";
export { sendRelease } from "./settle-release";
export { orderRelease, startReleasing } from "./start-release";
export {
  countLiveNumbers,
  findLiveNumber,
  getNumberOrThrow,
  lockNumberOrThrow,
  lockOrganization,
  moveNumber,
  type NumberRow,
} from "./store";
export { ownerOfTag, tagFor } from "./tag";
export { undoRelease } from "./undo-release";
export { updatePhoneNumber } from "./update";
export { voiceUrlOf } from "./wiring";
