import { Fragment } from "react";
import { CodeBlock } from "@/components/docs/code-block";
import { FieldList, TypeName } from "@/components/docs/field-list";
import { MethodBadge } from "@/components/docs/method-badge";
import { Code, Prose } from "@/components/docs/prose";
import { SampleTabs } from "@/components/docs/sample-tabs";
import type { OperationReference } from "@/lib/api/reference";

/** Where Start here explains a header. */
const headerSections: Record<string, string> = {
  "X-Organization-Id": "keys",
  "Idempotency-Key": "idempotency",
  "If-Match": "if-match",
};

export function OperationSection({ operation }: { operation: OperationReference }) {
  const { id, method, path, summary, description, headers, samples, spares } = operation;
  const examples = operation.answers.flatMap((answer) => answer.examples);
  return (
    <section
      aria-labelledby={`${id}-title`}
      className="scroll-mt-28 border-t pt-8 lg:scroll-mt-20 xl:grid xl:grid-cols-[minmax(0,1fr)_minmax(0,30rem)] xl:gap-8"
      id={id}
    >
      <div className="flex min-w-0 flex-col gap-4">
        <div>
          <h4 className="text-base font-semibold" id={`${id}-title`}>
            {summary}
          </h4>
          <p className="mt-1 flex flex-wrap items-center gap-2 wrap-anywhere">
            <MethodBadge method={method} />
            <span className="font-mono text-xs">{path}</span>
          </p>
        </div>
        <div className="flex max-w-prose flex-col gap-2">
          <Prose text={description} />
          <p>
            Headers:{" "}
            {headers.map((name, index) => (
              <Fragment key={name}>
                {index > 0 && ", "}
                <a className="underline-offset-4 hover:underline" href={`#${headerSections[name]}`}>
                  <Code>{name}</Code>
                </a>
              </Fragment>
            ))}
          </p>
        </div>
        {operation.parameters.map(({ title, fields }) => (
          <div key={title}>
            <h5 className="mb-2 font-medium">{title}</h5>
            <FieldList fields={fields} showRequired />
          </div>
        ))}
        <Answers answers={operation.answers} />
        <Errors errors={operation.errors} />
      </div>
      <div className="mt-4 flex min-w-0 flex-col gap-3 xl:sticky xl:top-20 xl:mt-0 xl:self-start">
        <SampleTabs request={`${method} ${path}`} samples={samples} />
        {spares && (
          <p className="text-muted-foreground text-xs">
            The id is made up, so that nothing is lost by pasting this. Put yours in its place.
          </p>
        )}
        {examples.map(({ title, text }) => (
          <details key={title}>
            <summary className="text-muted-foreground hover:text-foreground cursor-pointer text-xs font-medium">
              Example of an answer: {title}
            </summary>
            <div className="mt-2">
              <CodeBlock code={text} />
            </div>
          </details>
        ))}
      </div>
    </section>
  );
}

function Answers({ answers }: Pick<OperationReference, "answers">) {
  return (
    <div>
      <h5 className="mb-2 font-medium">Answers</h5>
      <div className="flex flex-col gap-3">
        {answers.map(({ status, description, type, fields }) => (
          <div key={status}>
            <p className="mb-1">
              <span className="tabular mr-2 font-mono text-xs font-medium">{status}</span>
              {description}{" "}
              {type.length > 0 && fields.length === 0 && (
                <span className="text-muted-foreground text-xs">
                  <TypeName parts={type} />
                </span>
              )}
            </p>
            {fields.length > 0 && <FieldList fields={fields} />}
          </div>
        ))}
      </div>
    </div>
  );
}

function Errors({ errors }: Pick<OperationReference, "errors">) {
  return (
    <div>
      <h5 className="mb-2 font-medium">Errors</h5>
      <ul className="flex flex-col gap-1">
        {errors.map(({ status, codes }) => (
          <li className="flex gap-2" key={status}>
            <span className="tabular shrink-0 font-mono text-xs leading-5 font-medium">{status}</span>
            <span className="flex flex-wrap gap-x-3">
              {codes.map((code) => (
                <a className="underline-offset-4 hover:underline" href={`/docs/errors#${code}`} key={code}>
                  <Code>{code}</Code>
                </a>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
