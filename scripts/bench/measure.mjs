import { isDeepStrictEqual } from "node:util";
import { inRoot } from "../paths.mjs";
import { explainEnd, startProcess } from "../processes.mjs";
import { Explained, step } from "../progress.mjs";
import { compare } from "./figures.mjs";
import { scenariosOf } from "./scenarios.mjs";

const warmUpMs = 1_500;
const runMs = 450;
/** Short runs and many turns: what else the machine does meanwhile then meets all variants alike. */
const rounds = 9;

/** Measures every scenario, its variants in turns, and answers the rows of the comparison. */
export async function measureAll(facts, { env, cleanup }) {
  const load = startLoad({ facts, env, cleanup });
  const rows = [];
  for (const [index, scenario] of scenariosOf(facts).entries()) {
    await requireSameWork(scenario);
    const results = await step(scenario.name, () => measure(load, index, scenario), { keep: true });
    rows.push(...compare(scenario, results));
  }
  return rows;
}

async function measure(load, scenario, { variants }) {
  const turn = async (milliseconds) => {
    const results = [];
    for (const variant of variants.keys()) results.push(await load.run({ scenario, variant, milliseconds }));
    return results;
  };
  await turn(warmUpMs);
  const results = [];
  for (let round = 0; round < rounds; round += 1) results.push(await turn(runMs));
  return results;
}

function startLoad({ facts, env, cleanup }) {
  const load = startProcess({
    name: "The load",
    node: true,
    command: inRoot("scripts/bench/load.mjs"),
    env,
  });
  cleanup.add(() => load.stop());
  load.child.send({ facts });
  const ended = load.exited.then((end) => {
    throw new Explained(explainEnd(load, end));
  });
  ended.catch(() => undefined); // it ends when we stop it, with nobody waiting
  return {
    run: async (order) => {
      const answered = new Promise((resolve) => load.child.once("message", resolve));
      load.child.send(order);
      const { result, failure } = await Promise.race([answered, ended]);
      if (failure) throw new Explained(failure);
      return result;
    },
  };
}

/** A variant that answers less than the first one would win for the wrong reason. */
async function requireSameWork({ name, same, variants }) {
  const answers = [];
  for (const variant of variants) {
    const { url, status, ...options } = variant.request(0);
    const response = await fetch(url, options);
    const text = await response.text();
    if (response.status !== status) {
      throw new Explained(
        `"${name}" by ${variant.name} answered ${response.status} instead of ${status}: ${text}`,
      );
    }
    answers.push(same ? same(JSON.parse(text)) : null);
  }
  const different = answers.findIndex((answer) => !isDeepStrictEqual(answer, answers[0]));
  if (different === -1) return;
  throw new Explained(
    `"${name}" is not the same work: ${variants[0].name} answers ${JSON.stringify(answers[0])}, ` +
      `${variants[different].name} ${JSON.stringify(answers[different])}.`,
  );
}
