import { purchases } from "./purchases";
import { releases } from "./releases";
import type { Scenario } from "./run";
import { syncs } from "./syncs";

/** Every fail point of the product belongs to at least one of these; a test compares. */
export const scenarios: Scenario[] = [...purchases, ...releases, ...syncs];
