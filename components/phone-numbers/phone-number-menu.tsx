"use client";

import {
  Bot,
  Copy,
  Ellipsis,
  Lock,
  LockOpen,
  type LucideIcon,
  PhoneOff,
  Plus,
  Tag,
  Undo2,
} from "lucide-react";
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

/** The dialogs of a number, and what is done to it without one. */
export type DialogAction = "open" | "label" | "release";
export type NumberAction = DialogAction | "undo_release" | "lock" | "unlock" | "buy_again";

export interface PhoneNumberMenuProps {
  number: PhoneNumber;
  permissions: NumberPermissions;
  onAction: (action: NumberAction, number: PhoneNumber) => void;
}

interface MenuEntry {
  action: NumberAction;
  icon: LucideIcon;
  text: string;
}

/** Only what this person may do with this number in its present state. */
export function PhoneNumberMenu({ number, permissions, onAction }: PhoneNumberMenuProps) {
  const name = number.formatted.international;
  const release = releaseEntry(number, permissions);
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
          {permissions.manage && number.status === "active" ? "Assign agents" : "Details"}
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => copyNumber(number.phone_number)}>
          <Copy aria-hidden />
          Copy number
        </DropdownMenuItem>
        {menuEntries(number, permissions).map(({ action, icon: Icon, text }) => (
          <DropdownMenuItem key={action} onSelect={() => onAction(action, number)}>
            <Icon aria-hidden />
            {text}
          </DropdownMenuItem>
        ))}
        {release && (
          <>
            <DropdownMenuSeparator />
            <DropdownMenuItem onSelect={() => onAction("release", number)} tone="danger">
              <PhoneOff aria-hidden />
              {release}
            </DropdownMenuItem>
          </>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

function menuEntries(number: PhoneNumber, permissions: NumberPermissions): MenuEntry[] {
  const isActive = number.status === "active";
  const entries: (MenuEntry | false)[] = [
    isActive && permissions.manage && { action: "label", icon: Tag, text: "Edit label" },
    isActive &&
      permissions.manage &&
      !number.locked && { action: "lock", icon: Lock, text: "Lock against release" },
    isActive && permissions.release && number.locked && { action: "unlock", icon: LockOpen, text: "Unlock" },
    canUndo(number, permissions) && { action: "undo_release", icon: Undo2, text: "Undo release" },
    canBuyAgain(number, permissions) && { action: "buy_again", icon: Plus, text: "Buy again" },
  ];
  return entries.filter((entry) => entry !== false);
}

function releaseEntry(number: PhoneNumber, permissions: NumberPermissions): string | null {
  if (!permissions.release) return null;
  if (number.status === "active") return `${leavingWords(number).verb} number`;
  return number.status === "held" ? "Release now" : null;
}

export function canUndo({ status }: PhoneNumber, permissions: NumberPermissions): boolean {
  return status === "held" && permissions.release;
}

/** What was bought here and is over; a number brought along was never the carrier's to sell. */
export function canBuyAgain({ status, source }: PhoneNumber, permissions: NumberPermissions): boolean {
  return permissions.buy && source === "managed" && (status === "released" || status === "gone");
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
