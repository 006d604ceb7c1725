import { ProseLine } from "./prose";

export type FieldListProps = {
  fields: {
    name: string;
    type: { text: string; object?: string }[];
    required: boolean;
    description: string;
    values: string[];
    defaultValue?: string;
    example?: string;
  }[];
  /** Whether to say which fields must be sent; in answers all are there. */
  showRequired?: boolean;
};

export function FieldList({ fields, showRequired = false }: FieldListProps) {
  return (
    <dl className="rounded border">
      {fields.map((field) => (
        <div
          className="grid gap-x-4 gap-y-1 border-b px-3 py-2 last:border-b-0 sm:grid-cols-[13rem_minmax(0,1fr)]"
          key={field.name}
        >
          <dt className="min-w-0 wrap-anywhere">
            <span className="font-mono text-xs font-medium">{field.name}</span>
            {showRequired && field.required && (
              <span className="text-careful ml-2 text-xs font-medium">required</span>
            )}
            <span className="text-muted-foreground block text-xs">
              <TypeName parts={field.type} />
            </span>
          </dt>
          <dd className="min-w-0 wrap-anywhere">
            <ProseLine text={field.description} />
            <FieldFacts {...field} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

export function TypeName({ parts }: { parts: FieldListProps["fields"][number]["type"] }) {
  let position = 0;
  return parts.map(({ text, object }) => {
    const key = position;
    position += text.length;
    if (!object) return <span key={key}>{text}</span>;
    return (
      <a className="text-accent-text underline underline-offset-4" href={`#object-${object}`} key={key}>
        {text}
      </a>
    );
  });
}

function FieldFacts({ values, defaultValue, example }: FieldListProps["fields"][number]) {
  const facts = [
    { name: "One of", value: values.join(", ") },
    { name: "Default", value: defaultValue },
    { name: "Example", value: values.length > 0 || example === defaultValue ? undefined : example },
  ].filter(({ value }) => value);
  return facts.map(({ name, value }) => (
    <span className="text-muted-foreground block text-xs" key={name}>
      {name}: <span className="font-mono">{value}</span>
    </span>
  ));
}
