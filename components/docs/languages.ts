export const languages = [
  { id: "curl", name: "curl" },
  { id: "python", name: "Python" },
  { id: "typescript", name: "TypeScript" },
] as const;

export type Language = (typeof languages)[number]["id"];

/** The server reads it too, so that the page arrives with the language of the last visit. */
export const languageCookie = "linedesk.samples";
