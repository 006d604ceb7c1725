import { FieldList } from "@/components/docs/field-list";
import { Code, Prose } from "@/components/docs/prose";
import type { ObjectReference } from "@/lib/api/reference";

export function ObjectSection({
  object: { name, description, fields, values },
}: {
  object: ObjectReference;
}) {
  return (
    <section
      aria-labelledby={`object-${name}-title`}
      className="flex max-w-3xl scroll-mt-28 flex-col gap-3 lg:scroll-mt-20"
      id={`object-${name}`}
    >
      <h3 className="font-mono font-semibold" id={`object-${name}-title`}>
        {name}
      </h3>
      <Prose text={description} />
      {fields.length > 0 && <FieldList fields={fields} />}
      {values.length > 0 && (
        <ul className="flex flex-wrap gap-2">
          {values.map((value) => (
            <li key={value}>
              <Code>{value}</Code>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
