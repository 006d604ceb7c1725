export { assignSlot, assignVersionToNumbers, unassignSlot } from "./assign";
export { buyPhoneNumber } from "./buy";
export { getPhoneNumber, listPhoneNumbers } from "./list";
export { planPurchase } from "./offer";
export { findPurchaseOfRequest, getPurchaseOrder } from "./orders";
export { recoverUnfinished } from "./recover";
export { planRelease, releasePhoneNumber } from "./release";
export { searchNumbers } from "./search";
export { updatePhoneNumber } from "./update";
