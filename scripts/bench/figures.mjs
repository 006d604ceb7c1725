/** The middle value; of an even number, the mean of the two in the middle. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
}

/**
 * One row for each variant after the first. `rounds` has the results of one round each, in the order of the variants;
 * variants are compared within a round, where the machine was equally busy, and only then is the median taken.
 */
export function compare({ name, target, mostAddedMs, variants }, rounds) {
  const of = (index, figure) => rounds.map((round) => round[index][figure]);
  const middle = (index) => ({
    name: variants[index].name,
    rate: median(of(index, "rate")),
    ms: median(of(index, "ms")),
  });
  return variants.slice(1).map((_, position) => {
    const index = position + 1;
    const ratios = rounds.map((round) => round[index].rate / round[0].rate);
    const added = rounds.map((round) => round[index].ms - round[0].ms);
    return {
      work: name,
      reference: middle(0),
      measured: middle(index),
      ratio: spread(ratios),
      addedMs: spread(added),
      target,
      mostAddedMs,
    };
  });
}

function spread(values) {
  return { median: median(values), least: Math.min(...values), most: Math.max(...values) };
}
