const replacement = "\uFFFD";

/** Text from outside as PostgreSQL can keep it, as text and as JSON: without NUL and halves of surrogate pairs. */
export function storableText(text: string): string {
  return text.replaceAll("\0", replacement).replace(/\p{Surrogate}/gu, replacement);
}
