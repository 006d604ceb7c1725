import * as flags from "country-flag-icons/react/3x2";

const flagsByCode = new Map(Object.entries(flags));

/** All flags in one chunk, loaded after the page: import it only through `Flag`. */
export default function FlagSvg({ code }: { code: string }) {
  const Svg = flagsByCode.get(code);
  return Svg ? <Svg className="block size-full" title="" /> : null;
}
