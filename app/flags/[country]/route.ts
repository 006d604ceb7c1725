import * as flags from "country-flag-icons/string/3x2";

const flagsByCountry = new Map(Object.entries(flags));

/** The flag of a country as an SVG file: all of them together would be too much script for a page. */
export async function GET(_request: Request, { params }: { params: Promise<{ country: string }> }) {
  const svg = flagsByCountry.get((await params).country);
  if (!svg) return new Response(null, { status: 404 });
  return new Response(svg, {
    headers: { "Content-Type": "image/svg+xml", "Cache-Control": "public, max-age=31536000, immutable" },
  });
}
