import type { FieldValues, Path, UseFormSetError } from "react-hook-form";
import { ApiProblem } from "@/lib/api/client";

/** Puts a refusal's field issues beside their fields and returns the sentence for the rest of the form. */
export function showProblem<Values extends FieldValues>(
  problem: unknown,
  fields: readonly Path<Values>[],
  setError: UseFormSetError<Values>,
): string | null {
  if (!(problem instanceof ApiProblem)) return "Something went wrong. Try again in a moment.";
  let shown = 0;
  for (const issue of problem.errors) {
    // The form holds `endpoint`, the request `config.endpoint`.
    const path = issue.path.replace(/^config\./, "");
    const field = fields.find((name) => name === path);
    if (!field) continue;
    setError(field, { message: issue.message });
    shown += 1;
  }
  return shown > 0 ? null : problem.detail;
}
