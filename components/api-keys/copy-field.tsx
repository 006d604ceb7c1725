"use client";

import { Check, Copy } from "lucide-react";
import { type RefObject, useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { copyText } from "@/components/ui/copy-button";
import { announce } from "@/components/ui/live-region";

export interface CopyFieldProps {
  label: string;
  text: string;
  /** For the button: "Copy API key". */
  what: string;
  hint?: string | undefined;
  buttonRef?: RefObject<HTMLButtonElement | null>;
  onCopied: () => void;
}

/** Text to take away as a whole, with a button that does it. Copying it by hand counts too. */
export function CopyField({ label, text, what, hint, buttonRef, onCopied }: CopyFieldProps) {
  const codeRef = useRef<HTMLElement>(null);
  const hintId = useId();
  const [state, setState] = useState<"fresh" | "copied" | "refused">("fresh");

  const copied = () => {
    setState("copied");
    onCopied();
  };
  const copy = async (button: HTMLElement) => {
    try {
      await copyText(text, button);
    } catch {
      setState("refused");
      // No toast here, unlike elsewhere: it would keep the text on the page.
      if (codeRef.current) getSelection()?.selectAllChildren(codeRef.current);
      return;
    }
    announce("Copied");
    copied();
  };

  return (
    <fieldset aria-describedby={hint && hintId} className="flex min-w-0 flex-col gap-1.5">
      <legend className="mb-1.5 font-medium wrap-anywhere">{label}</legend>
      <div className="bg-surface flex items-start justify-between gap-3 rounded border p-2 pl-3">
        <code
          className="min-w-0 py-1 font-mono text-xs leading-5 break-all whitespace-pre-wrap select-all"
          onCopy={copied}
          ref={codeRef}
        >
          {text}
        </code>
        <Button
          aria-label={`Copy ${what}`}
          onClick={(event) => copy(event.currentTarget)}
          ref={buttonRef}
          size="sm"
        >
          {state === "copied" ? <Check aria-hidden className="text-good" /> : <Copy aria-hidden />}
          {state === "copied" ? "Copied" : "Copy"}
        </Button>
      </div>
      {state === "refused" && (
        <p className="text-danger" role="alert">
          The browser did not allow copying. The text is selected: copy it with Ctrl+C or ⌘C.
        </p>
      )}
      {hint && (
        <p className="text-muted-foreground text-xs" id={hintId}>
          {hint}
        </p>
      )}
    </fieldset>
  );
}
