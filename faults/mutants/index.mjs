import { purchaseMutants } from "./purchases.mjs";
import { releaseMutants } from "./releases.mjs";
import { requestMutants } from "./requests.mjs";
import { rowMutants } from "./rows.mjs";
import { sweepMutants } from "./sweep.mjs";

/**
 * Guards, each taken away in turn: what breaks without it, the texts that take it away, and the test that must then
 * fail. A text must be in its file exactly once, so that a mutant never goes stale in silence.
 */
export const mutants = [
  ...rowMutants,
  ...purchaseMutants,
  ...requestMutants,
  ...releaseMutants,
  ...sweepMutants,
];
