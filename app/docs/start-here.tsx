import type { ReactNode } from "react";
import { CodeBlock } from "@/components/docs/code-block";
import { Code, Prose } from "@/components/docs/prose";
import { env } from "@/lib/env";
import { scopeList } from "@/lib/permissions";

export const startSections = [
  { id: "first-request", title: "First request" },
  { id: "keys", title: "Keys and tokens" },
  { id: "scopes", title: "Scopes" },
  { id: "errors", title: "Errors" },
  { id: "idempotency", title: "Sending a request again" },
  { id: "dry-run", title: "Asking first" },
  { id: "if-match", title: "Edits at the same time" },
  { id: "rate-limits", title: "Rate limits" },
  { id: "paging", title: "Pages" },
  { id: "mcp", title: "AI agents" },
] as const;

/** What holds for every operation. `organizationId` is the reader's, if somebody is signed in. */
export function StartHere({
  organizationId = "org_1xSgNwTq5bYf8Kd3Lz7RmC",
}: {
  organizationId?: string | undefined;
}) {
  const settings = env();
  const count = (value: number) => value.toLocaleString("en");
  return (
    <section aria-labelledby="start-here" className="flex flex-col gap-8">
      <h2 className="text-xl font-semibold" id="start-here">
        Start here
      </h2>
      <Part id="first-request">
        <Prose text="Make a key under Settings, API keys. Every sample on this page reads the two variables below: set them once, then paste what you like." />
        <CodeBlock
          code={`export LINEDESK_URL="${settings.LINEDESK_URL}"\nexport LINEDESK_API_KEY="ak_…"`}
          copyLabel="the variables"
        />
        <CodeBlock
          code={`curl "$LINEDESK_URL/core/me" \\\n  -H "Authorization: Bearer $LINEDESK_API_KEY"`}
          copyLabel="the first request"
        />
        <Prose text="It answers who you are and what you may do. All times are UTC, amounts are decimal strings with a currency, and numbers are in E.164 form. The plus of a number may stand in a path as it is or as `%2B`. The same description for programs is at `/openapi.json`." />
      </Part>
      <Part id="keys">
        <Prose text="A key (`ak_…`) belongs to an organization and acts for it. A personal token (`pat_…`) belongs to you, opens every organization you are a member of, and never does more than you may there. Both are shown once, can expire, and can be revoked, which holds from the next request." />
        <Prose text="A personal token names the organization in `X-Organization-Id`; `X-Anyreach-Org` means the same. Without it the answer is 401. A key has its organization in itself and needs no header." />
        <CodeBlock
          code={`curl "$LINEDESK_URL/core/phone-numbers" \\\n  -H "Authorization: Bearer $LINEDESK_API_KEY" \\\n  -H "X-Organization-Id: ${organizationId}"`}
          copyLabel="a request with a personal token"
        />
      </Part>
      <Part id="scopes">
        <Prose text="Each operation says which scope it takes; where it names several, any of them will do. `manage` implies `read`, and releasing a number has a scope of its own. A missing scope is a 403 that names it. What belongs to another organization is a 404." />
        <ul className="flex flex-wrap gap-2">
          {scopeList.map((scope) => (
            <li key={scope}>
              <Code>{scope}</Code>
            </li>
          ))}
        </ul>
      </Part>
      <Part id="errors">
        <Prose text="An error has a `code` from a closed list that never changes its meaning, a sentence for people, and the id of the request. On `/core` it is a problem as RFC 9457 has it; the compatible API wraps the same in `error`." />
        <CodeBlock code={exampleError} />
        <p>
          <a className="text-accent-text underline underline-offset-4" href="/docs/errors">
            All codes, and what to do about each
          </a>
        </p>
      </Part>
      <Part id="idempotency">
        <Prose text="Send an `Idempotency-Key` of your own making with every write, new for each request you mean anew; only making a key or a token takes none, since their secret is told once and not kept. When the answer is lost, send the same request with the same key: it is not done twice, and you get the first answer with `Idempotent-Replayed: true`. Keys count for 30 days, per organization and operation. `X-Idempotency-Key` means the same." />
        <Prose text="A purchase without a key is still safe: a number is claimed before the carrier is asked, so it is never bought twice. A 202 says that the carrier's answer is being looked up; the purchase order tells when that is settled." />
      </Part>
      <Part id="dry-run">
        <Prose text="Buying and releasing on `/core` take `dry_run=true`. The answer says what would happen, with the price and the date of the next renewal, or who would no longer be reached. Nothing is bought, released or written." />
      </Part>
      <Part id="if-match">
        <Prose text="What can be edited carries an `ETag`. Send it back as `If-Match`, and the edit is refused with 412 when somebody else was faster. Without the header the last one wins." />
      </Part>
      <Part id="rate-limits">
        <Prose
          text={`A key, token or person may send ${count(settings.LINEDESK_RATE_LIMIT_PER_CALLER)} requests a minute, all keys and tokens of an organization together ${count(settings.LINEDESK_RATE_LIMIT_PER_ORGANIZATION)}, and what asks the carrier's inventory ${count(settings.LINEDESK_RATE_LIMIT_SEARCHES)}. \`RateLimit\` and \`RateLimit-Policy\` say where you stand. Above it the answer is 429, with the seconds to wait in \`Retry-After\`.`}
        />
      </Part>
      <Part id="paging">
        <Prose text="Lists on `/core` that can grow long take `limit` and answer `next_cursor`: send it as `cursor` for the next page, until it is null. Cursors hold still while numbers come and go. The compatible API counts with `limit` and `offset`, and its search with `page` and `page_size`." />
      </Part>
      <Part id="mcp">
        <Prose text="AI agents can use the desk through the Model Context Protocol at `/mcp`, with the same keys in the same header. Tools are listed as far as the key's scopes go. Buying and releasing take two calls: a plan, and the word to carry it out." />
      </Part>
    </section>
  );
}

const exampleError = `{
  "type": "/docs/errors#number_unavailable",
  "title": "Number not available",
  "status": 409,
  "detail": "This number is no longer available. Choose another one.",
  "code": "number_unavailable",
  "request_id": "req_0Qx5XNqG3vJ8sC1bT7yZ2k"
}`;

function Part({ id, children }: { id: (typeof startSections)[number]["id"]; children: ReactNode }) {
  return (
    <section
      aria-labelledby={`${id}-title`}
      className="flex max-w-prose scroll-mt-28 flex-col gap-3 lg:scroll-mt-20"
      id={id}
    >
      <h3 className="text-base font-semibold" id={`${id}-title`}>
        {startSections.find((section) => section.id === id)?.title}
      </h3>
      {children}
    </section>
  );
}
