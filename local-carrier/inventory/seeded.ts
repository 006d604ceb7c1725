/** A 32-bit hash (FNV-1a with murmur3's finisher): the same text gives the same number on every machine. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A stable draw between 0 (included) and 1 (excluded). */
export function drawFraction(text: string): number {
  return hashText(text) / 2 ** 32;
}

/** Visits 0 ... total - 1 once each, in an order that depends only on the seed, without building a list. */
export function* walkInSeededOrder(total: number, seed: string): Generator<number> {
  if (total === 0) return;
  const stride = findCoprimeStride(total, hashText(`${seed}:stride`));
  let position = hashText(`${seed}:start`) % total;
  for (let visited = 0; visited < total; visited += 1) {
    yield position;
    position = (position + stride) % total;
  }
}

function findCoprimeStride(total: number, wish: number): number {
  let stride = (wish % total) + 1;
  while (greatestCommonDivisor(stride, total) !== 1) stride += 1;
  return stride;
}

function greatestCommonDivisor(left: number, right: number): number {
  return right === 0 ? left : greatestCommonDivisor(right, left % right);
}
