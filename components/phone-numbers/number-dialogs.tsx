"use client";

import { useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { PhoneNumber } from "@/lib/phone-numbers/schema";
import { findNumber } from "./number-cache";
import type { NumberAction } from "./phone-number-menu";
import type { NumberPermissions } from "./use-number-permissions";

// Without it there is no boundary around the dialog, and the whole page makes room for its skeleton meanwhile.
const loading = () => null;

const AssignDialog = dynamic(() => import("./assign-dialog").then((module) => module.AssignDialog), {
  loading,
});
const LabelDialog = dynamic(() => import("./label-dialog").then((module) => module.LabelDialog), { loading });
const ReleaseDialog = dynamic(() => import("./release-dialog").then((module) => module.ReleaseDialog), {
  loading,
});

const dialogs = { open: AssignDialog, label: LabelDialog, release: ReleaseDialog };

export interface RowAction {
  type: NumberAction;
  number: PhoneNumber;
}

export interface NumberDialogProps {
  number: PhoneNumber;
  permissions: NumberPermissions;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Goes on to another dialog about the same number. */
  onAction: (type: NumberAction) => void;
}

interface NumberDialogsProps {
  action: RowAction | null;
  onActionChange: (action: RowAction | null) => void;
  permissions: NumberPermissions;
}

/** One dialog at a time about one number. The last one stays mounted while it closes. */
export function NumberDialogs({ action, onActionChange, permissions }: NumberDialogsProps) {
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
      onAction={(type) => onActionChange({ type, number })}
      onOpenChange={(open) => {
        if (!open) onActionChange(null);
      }}
      open={action !== null}
      permissions={permissions}
    />
  );
}
