import type { Suite } from "../harness/suite";
import { concurrency } from "./concurrency";
import { databaseKills } from "./database-kills";
import { doubleKill } from "./double-kill";
import { kill } from "./kill";
import { late } from "./late";
import { pairRaces } from "./pair-races";
import { pause } from "./pause";
import { restore } from "./restore";
import { sweep } from "./sweep";
import { twoProcesses } from "./two-processes";

/** In the order they run in. */
export const suites: Suite[] = [
  kill,
  doubleKill,
  pause,
  late,
  concurrency,
  pairRaces,
  twoProcesses,
  databaseKills,
  sweep,
  restore,
];
