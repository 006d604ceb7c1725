interface CurlLineOptions {
  origin: string;
  secret: string;
  /** A key knows its own. */
  organizationId: string | undefined;
}

/** A command that shows who the secret stands for and what it may do, ready to be pasted into a terminal. */
export function curlLine({ origin, secret, organizationId }: CurlLineOptions): string {
  const headers = [`Authorization: Bearer ${secret}`];
  if (organizationId) headers.push(`X-Organization-Id: ${organizationId}`);
  return [`curl ${origin}/core/me`, ...headers.map((header) => `  -H "${header}"`)].join(" \\\n");
}
