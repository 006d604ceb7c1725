import type { Metadata } from "next";
import { cookies } from "next/headers";
import { DocsFrame } from "@/components/docs/docs-frame";
import { type Language, languageCookie, languages } from "@/components/docs/languages";
import { Prose } from "@/components/docs/prose";
import { SampleLanguageProvider } from "@/components/docs/sample-language";
import { ownOpenApiDocument } from "@/lib/api/openapi";
import { type Reference, referenceOf } from "@/lib/api/reference";
import { ObjectSection } from "./object-section";
import { OperationSection } from "./operation-section";
import { findOwnObjects } from "./reader";
import { StartHere, startSections } from "./start-here";

export const metadata: Metadata = { title: "API reference" };

export default async function DocsPage() {
  const own = await findOwnObjects();
  const reference = referenceOf(ownOpenApiDocument(), own ?? undefined);
  return (
    <DocsFrame current="/docs" navigation={navigationOf(reference)} signedIn={own !== null}>
      <header className="max-w-prose">
        <h1 className="text-2xl font-semibold">API reference</h1>
        <p className="text-muted-foreground mt-1">
          Whatever the dashboard does, a key or token can do.
          {own && " The samples name your own agent, number and organization."}
        </p>
      </header>
      <SampleLanguageProvider initial={await readLanguage()}>
        <StartHere organizationId={own?.organizationId} />
        {reference.surfaces.map(({ id, title, prefix, description, groups }) => (
          <section aria-labelledby={id} className="flex flex-col gap-10" key={id}>
            <header className="max-w-prose">
              <h2 className="scroll-mt-28 text-xl font-semibold lg:scroll-mt-20" id={id}>
                {title}{" "}
                <span className="text-muted-foreground font-mono text-base font-normal">{prefix}</span>
              </h2>
              <div className="mt-1">
                <Prose text={description} />
              </div>
            </header>
            {groups.map((group) => (
              <section aria-labelledby={group.id} className="flex flex-col gap-8" key={group.id}>
                <header className="max-w-prose">
                  <h3 className="scroll-mt-28 text-lg font-semibold lg:scroll-mt-20" id={group.id}>
                    {group.title}
                  </h3>
                  <p className="text-muted-foreground">{group.description}</p>
                </header>
                {group.operations.map((operation) => (
                  <OperationSection key={operation.id} operation={operation} />
                ))}
              </section>
            ))}
          </section>
        ))}
        <section aria-labelledby="objects" className="flex flex-col gap-10">
          <h2 className="scroll-mt-28 text-xl font-semibold lg:scroll-mt-20" id="objects">
            Objects
          </h2>
          {reference.objects.map((object) => (
            <ObjectSection key={object.name} object={object} />
          ))}
        </section>
      </SampleLanguageProvider>
    </DocsFrame>
  );
}

function navigationOf({ surfaces, objects }: Reference) {
  return [
    { title: "Start here", items: startSections.map(({ id, title }) => ({ id, label: title })) },
    ...surfaces.flatMap(({ title, groups }) =>
      groups.map((group) => ({
        title: `${title} · ${group.title}`,
        items: group.operations.map(({ id, summary, method }) => ({ id, label: summary, method })),
      })),
    ),
    { title: "Objects", items: objects.map(({ name }) => ({ id: `object-${name}`, label: name })) },
  ];
}

/** What the reader chose at the last visit. */
async function readLanguage(): Promise<Language> {
  const chosen = (await cookies()).get(languageCookie)?.value;
  return languages.find(({ id }) => id === chosen)?.id ?? "curl";
}
