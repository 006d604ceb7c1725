"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { loadOnDemand } from "@/components/ui/load-on-demand";
import type { PhoneNumber } from "@/lib/phone-numbers/schema";
import { findNumber } from "./number-cache";
import type { DialogAction, NumberAction } from "./phone-number-menu";
import type { NumberPermissions } from "./use-number-permissions";

const loadAssignDialog = () => import("./assign-dialog");
const AssignDialog = loadOnDemand(() => loadAssignDialog().then((module) => module.AssignDialog));
const LabelDialog = loadOnDemand(() => import("./label-dialog").then((module) => module.LabelDialog));
const loadReleaseDialog = () => import("./release-dialog");
const ReleaseDialog = loadOnDemand(() => loadReleaseDialog().then((module) => module.ReleaseDialog));

/** So that the panel of a row that is pointed at or focused opens at once. */
export const preloadNumberDialogs = () => void Promise.all([loadAssignDialog(), loadReleaseDialog()]);

const dialogs = { open: AssignDialog, label: LabelDialog, release: ReleaseDialog };

export interface RowAction {
  type: DialogAction;
  number: PhoneNumber;
}

export interface NumberDialogProps {
  number: PhoneNumber;
  permissions: NumberPermissions;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Goes on to another dialog about a number, or does something to it. */
  onAction: (type: NumberAction, number: PhoneNumber) => void;
}

interface NumberDialogsProps {
  action: RowAction | null;
  onClose: () => void;
  onAction: (type: NumberAction, number: PhoneNumber) => void;
  permissions: NumberPermissions;
}

/** One dialog at a time about one number. The last one stays mounted while it closes. */
export function NumberDialogs({ action, onClose, onAction, permissions }: NumberDialogsProps) {
  const client = useQueryClient();
  const [{ last, serial }, setLast] = useState({ last: action, serial: 0 });
  if (action && action !== last) setLast({ last: action, serial: serial + 1 });
  const shown = action ?? last;
  if (!shown) return null;

  const number = findNumber(client, shown.number) ?? shown.number;
  const Dialog = dialogs[shown.type];
  return (
    <Dialog
      key={serial}
      number={number}
      onAction={onAction}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      open={action !== null}
      permissions={permissions}
    />
  );
}
