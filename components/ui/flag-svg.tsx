import * as flags from "country-flag-icons/react/3x2";

/** All flags in one chunk, loaded after the page: import it only through `Flag`. */
export default function FlagSvg({ code }: { code: string }) {
  const Svg = Object.entries(flags).find(([key]) => key === code)?.[1];
  return Svg ? <Svg className="block size-full" title="" /> : null;
}
