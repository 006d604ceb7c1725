import type { Actor } from "../harness/actor";
import { openDesk } from "../harness/desk";
import { examine } from "../harness/oracle";
import { createRandom } from "../harness/random";
import { buyFrom, countActive, countWords, findUntrueAnswers, inTurn } from "../harness/shopping";
import type { Size, Suite, SuiteResult } from "../harness/suite";

/** Two processes sell, and one of them is killed again and again in the middle of it. */

/** What dies is the subject here; a carrier that is slow because the machine is busy is not. */
const calm = { LINEDESK_LEASE_SECONDS: "6", LINEDESK_CARRIER_WRITE_TIMEOUT_SECONDS: "5" };

const purchases: Record<Size, number> = { each: 100, nightly: 1_000 };
const customers = 10;
const atOnce = 12;
/** A kill after about as many purchases as this were asked of the doomed one since it started. */
const between = [6, 14] as const;

export const twoProcesses: Suite = {
  name: "two-processes",
  async run({ size, seed, server, folder }) {
    const desk = await openDesk({ server, folder, name: "desk", settings: calm });
    const random = createRandom(`two-processes ${seed}`);
    const violations: SuiteResult["violations"] = [];
    try {
      const count = purchases[size];
      const tenants = await inTurn(Array.from({ length: customers }), 4, () => desk.openTenant(count));
      const steadfast = await desk.takeActor();
      let doomed: Promise<Actor> = desk.takeActor();
      let kills = 0;
      let asked = 0;
      let last = random.integer(...between);

      /** Kills the one that serves now; whoever comes next is served by another. */
      async function kill(): Promise<void> {
        const dying = doomed;
        doomed = dying.then(async (actor) => {
          await actor.kill();
          return await desk.takeActor();
        });
        kills += 1;
        asked = 0;
        last = random.integer(...between);
        await doomed;
      }

      const told = await inTurn(Array.from({ length: count }), atOnce, async (_, index) => {
        const tenant = random.pick(tenants);
        const phoneNumber = desk.carrier.takeNumber();
        if (index % 2 === 0) return await buyFrom(steadfast, tenant, phoneNumber);
        const actor = await doomed;
        const buying = buyFrom(actor, tenant, phoneNumber);
        asked += 1;
        // In the middle of this purchase, and of those beside it.
        if (asked === last) await kill();
        return await buying;
      });

      await desk.settle();
      await desk.sync();
      violations.push(...(await findUntrueAnswers(desk, told)), ...(await examine(desk, () => null)));
      const unanswered = told.filter(({ answer }) => answer === null).length;
      const enough = count / 40;
      if (kills < enough || unanswered < enough) {
        const detail = `Only ${kills} kills, which ${unanswered} purchases felt; too few to say anything.`;
        violations.push({ rule: "harness", run: null, detail });
      }
      const figures = { kills, ...countWords(told) };
      return { runs: count, reached: unanswered, active: await countActive(desk), violations, figures };
    } finally {
      await desk.close();
    }
  },
};
