"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "./button";
import { announce } from "./live-region";
import { toast } from "./toast";

/** Throws when the browser refuses. The clipboard API needs https or localhost; a self-hosted desk may have neither. */
export async function copyText(text: string, near: HTMLElement) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);

  // Beside the button and not in the body, or an open dialog would take the focus back before the copy.
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "sr-only";
  near.after(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  near.focus();
  if (!copied) throw new Error("The browser refused to copy.");
}

export type CopyButtonProps = {
  value: string;
  /** What is copied, for the accessible name: "Copy +1 415 555 0123". */
  label?: string;
  className?: string;
};

export function CopyButton({ value, label = value, className }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  const timerRef = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timerRef.current), []);

  const copy = async (button: HTMLElement) => {
    try {
      await copyText(value, button);
    } catch {
      toast.error("The browser did not allow copying.", { description: value });
      return;
    }
    announce("Copied");
    setCopied(true);
    clearTimeout(timerRef.current);
    timerRef.current = setTimeout(() => setCopied(false), 1500);
  };

  return (
    <Button
      aria-label={`Copy ${label}`}
      className={className}
      onClick={(event) => copy(event.currentTarget)}
      size="icon-sm"
      title="Copy"
      variant="ghost"
    >
      {copied ? <Check aria-hidden className="text-good" /> : <Copy aria-hidden />}
    </Button>
  );
}
