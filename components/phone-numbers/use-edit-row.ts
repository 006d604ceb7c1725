"use client";

import { useMemo } from "react";
import { toast } from "@/components/ui/toast";
import type { PhoneNumber, UpdatePhoneNumberBody } from "@/lib/phone-numbers/schema";
import { describeProblem, isStale, useEditNumber } from "./use-phone-numbers";

/** Edits of a row that need no form: the change shows at once, and a refusal is told as a toast. */
export function useEditRow() {
  const { mutate } = useEditNumber();
  return useMemo(() => {
    const edit = (number: PhoneNumber, body: UpdatePhoneNumberBody, onSuccess?: () => void) =>
      mutate(
        { number, body },
        {
          ...(onSuccess ? { onSuccess } : {}),
          onError: (problem) =>
            toast.error(`${number.formatted.international} is unchanged`, {
              description: isStale(problem)
                ? "Somebody changed this number meanwhile. The row shows it as it is now."
                : describeProblem(problem),
            }),
        },
      );
    return {
      share: (number: PhoneNumber, shareable: boolean) => edit(number, { outbound_shareable: shareable }),
      lock: (number: PhoneNumber, locked: boolean) =>
        edit(number, { locked }, () =>
          toast.success(`${locked ? "Locked" : "Unlocked"} ${number.formatted.international}`, {
            description: locked
              ? "It cannot be released until an admin unlocks it."
              : "Admins can release it again.",
          }),
        ),
    };
  }, [mutate]);
}
