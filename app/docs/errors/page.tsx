import type { Metadata } from "next";
import { DocsFrame } from "@/components/docs/docs-frame";
import { Code, Prose } from "@/components/docs/prose";
import { Badge } from "@/components/ui/badge";
import { problems, publicCodeOf } from "@/lib/api/problems";
import type { ErrorCode } from "@/lib/errors";
import { listCarrierFailures } from "@/lib/managed-accounts";
import { findOwnObjects } from "../reader";

export const metadata: Metadata = { title: "Errors" };

const codes = Object.keys(problems) as ErrorCode[];
const statuses = [...new Set(codes.map((code) => problems[code].status))].sort((a, b) => a - b);
const byStatus = statuses.map((status) => ({
  status,
  codes: codes.filter((code) => problems[code].status === status),
}));

type FailureKind = ReturnType<typeof listCarrierFailures>[number]["kind"];

const happenings: Record<FailureKind, string> = {
  unavailable: "The number is not for sale, or not any more.",
  paperwork: "An address or documents are missing.",
  refused: "Any other refusal.",
  busy: "Too many requests at the carrier; this one was not carried out.",
  unreachable: "Nothing could be sent.",
  unknown:
    "No answer, or none that can be read, to a question. A purchase or release without an answer is not an error: it is looked up, and the answer here is 202.",
};

export default async function ErrorsPage() {
  const own = await findOwnObjects();
  return (
    <DocsFrame current="/docs/errors" navigation={navigation} signedIn={own !== null}>
      <header className="max-w-prose">
        <h1 className="text-2xl font-semibold">Errors</h1>
        <p className="text-muted-foreground mt-1">
          A closed list: a code never changes its meaning. The sentence beside it may.
        </p>
      </header>
      {byStatus.map(({ status, codes: here }) => (
        <section aria-labelledby={`status-${status}`} className="flex max-w-3xl flex-col gap-4" key={status}>
          <h2 className="tabular text-lg font-semibold" id={`status-${status}`}>
            {status}
          </h2>
          {here.map((code) => (
            <ErrorEntry code={code} key={code} />
          ))}
        </section>
      ))}
      <section aria-labelledby="carrier-codes" className="flex max-w-3xl flex-col gap-4">
        <h2 className="scroll-mt-28 text-lg font-semibold lg:scroll-mt-20" id="carrier-codes">
          What a carrier says, and what it becomes
        </h2>
        <Prose text="`carrier_code` is the carrier's own code, where it gave one." />
        <CarrierFailures />
      </section>
    </DocsFrame>
  );
}

const navigation = [
  ...byStatus.map(({ status, codes: here }) => ({
    title: String(status),
    items: here.map((code) => ({ id: code, label: code })),
  })),
  { title: "Carriers", items: [{ id: "carrier-codes", label: "Carriers' codes" }] },
];

function ErrorEntry({ code }: { code: ErrorCode }) {
  const { title, meaning, example } = problems[code];
  const publicCode = publicCodeOf(code);
  return (
    <section
      aria-labelledby={`${code}-title`}
      className="target:border-ring scroll-mt-28 rounded border p-4 lg:scroll-mt-20"
      id={code}
    >
      <h3 className="flex flex-wrap items-center gap-x-3 gap-y-1 font-semibold" id={`${code}-title`}>
        {title}
        <Badge className="font-mono">{code}</Badge>
      </h3>
      <div className="mt-2 flex flex-col gap-2">
        <Prose text={meaning} />
        <p className="text-muted-foreground">“{example.detail}”</p>
        {publicCode !== code && (
          <p className="text-muted-foreground text-xs">
            On the compatible API: <Code>{publicCode}</Code>
          </p>
        )}
      </div>
    </section>
  );
}

function CarrierFailures() {
  return (
    <table className="w-full border-separate border-spacing-0 rounded border text-left">
      <thead className="text-muted-foreground text-xs">
        <tr>
          <th className="border-b px-3 py-2 font-medium" scope="col">
            At the carrier
          </th>
          <th className="border-b px-3 py-2 font-medium" scope="col">
            Here
          </th>
        </tr>
      </thead>
      <tbody>
        {listCarrierFailures().map(({ kind, code, carriers }) => (
          <tr className="group" key={kind}>
            <td className="border-b px-3 py-2 align-top group-last:border-b-0">
              {happenings[kind]}
              {carriers.map(({ name, codes: theirs }) => (
                <span className="text-muted-foreground tabular block text-xs" key={name}>
                  {name}: {theirs.join(", ")}
                </span>
              ))}
            </td>
            <td className="border-b px-3 py-2 align-top whitespace-nowrap group-last:border-b-0">
              <a className="underline-offset-4 hover:underline" href={`#${code}`}>
                <Code>{code}</Code>
              </a>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
