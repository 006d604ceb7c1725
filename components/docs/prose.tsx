import { Fragment } from "react";

/** Text as declarations have it: paragraphs, and code between backticks. */
export function Prose({ text }: { text: string }) {
  return text
    .split(/\n{2,}/)
    .filter(Boolean)
    .map((paragraph) => (
      <p key={paragraph}>
        <ProseLine text={paragraph} />
      </p>
    ));
}

export function ProseLine({ text }: { text: string }) {
  let position = 0;
  return text.split(/(`[^`]+`)/).map((part) => {
    const key = position;
    position += part.length;
    return part.startsWith("`") ? (
      <Code key={key}>{part.slice(1, -1)}</Code>
    ) : (
      <Fragment key={key}>{part}</Fragment>
    );
  });
}

export function Code({ children }: { children: string }) {
  return <code className="bg-muted rounded px-1 py-0.5 font-mono text-xs wrap-anywhere">{children}</code>;
}
