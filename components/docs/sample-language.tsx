"use client";

import { createContext, type ReactNode, use, useMemo, useState } from "react";
import { type Language, languageCookie } from "./languages";

const LanguageContext = createContext<{ language: Language; choose: (language: Language) => void } | null>(
  null,
);

/** One choice for every sample of the page. */
export function SampleLanguageProvider({ initial, children }: { initial: Language; children: ReactNode }) {
  const [language, setLanguage] = useState(initial);
  const value = useMemo(
    () => ({
      language,
      choose: (chosen: Language) => {
        setLanguage(chosen);
        // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API needs https, which a self-hosted desk may not have.
        document.cookie = `${languageCookie}=${chosen}; Path=/docs; Max-Age=31536000; SameSite=Lax`;
      },
    }),
    [language],
  );
  return <LanguageContext value={value}>{children}</LanguageContext>;
}

export function useSampleLanguage() {
  const value = use(LanguageContext);
  if (!value) throw new Error("useSampleLanguage must be used inside SampleLanguageProvider.");
  return value;
}
