"use client";

import { Bot, Copy, Ellipsis, PhoneOff, Tag } from "lucide-react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { toast } from "@/components/ui/toast";
import type { PhoneNumber } from "@/lib/phone-numbers/schema";
import { leavingWords } from "./leaving-words";
import type { NumberPermissions } from "./use-number-permissions";

export type NumberAction = "open" | "label" | "release";

export interface PhoneNumberMenuProps {
  number: PhoneNumber;
  permissions: NumberPermissions;
  onAction: (action: NumberAction, number: PhoneNumber) => void;
}

/** Only what this person may do with this number in its present state. */
export function PhoneNumberMenu({ number, permissions, onAction }: PhoneNumberMenuProps) {
  const name = number.formatted.international;
  const isLive = number.status === "active";
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button aria-label={`Actions for ${name}`} size="icon-sm" variant="ghost">
          <Ellipsis aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        <DropdownMenuItem onSelect={() => onAction("open", number)}>
          <Bot aria-hidden />
          {permissions.manage && isLive ? "Assign agents" : "Details"}
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => copyNumber(number.phone_number)}>
          <Copy aria-hidden />
          Copy number
        </DropdownMenuItem>
        {permissions.manage && isLive && (
          <DropdownMenuItem onSelect={() => onAction("label", number)}>
            <Tag aria-hidden />
            Edit label
          </DropdownMenuItem>
        )}
        {permissions.release && isLive && (
          <>
            <DropdownMenuSeparator />
            <DropdownMenuItem onSelect={() => onAction("release", number)} tone="danger">
              <PhoneOff aria-hidden />
              {leavingWords(number).verb} number
            </DropdownMenuItem>
          </>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

async function copyNumber(phoneNumber: string) {
  try {
    await navigator.clipboard.writeText(phoneNumber);
    toast.success(`Copied ${phoneNumber}`);
  } catch {
    // No clipboard outside https and localhost: show the digits, so that they can be copied by hand.
    toast.error("The browser did not allow copying.", { description: phoneNumber });
  }
}
