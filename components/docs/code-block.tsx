import { CopyButton } from "@/components/ui/copy-button";

export type CodeBlockProps = {
  code: string;
  /** What is copied, for the button's name; without it there is no button. */
  copyLabel?: string;
};

/** Lines are broken rather than scrolled, so that nothing is hidden on a narrow screen; copying gives them whole. */
export function CodeBlock({ code, copyLabel }: CodeBlockProps) {
  return (
    <div className="bg-surface relative rounded border">
      <pre className="p-3 pr-11 font-mono text-xs leading-5 wrap-anywhere whitespace-pre-wrap">
        <code>{code}</code>
      </pre>
      {copyLabel && <CopyButton className="absolute top-1.5 right-1.5" label={copyLabel} value={code} />}
    </div>
  );
}
