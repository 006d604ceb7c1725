import { describe, expect, test, vi } from "vitest";
import { bareId, newId, newInstallationTag } from "./ids";

describe("ids", () => {
  test.each(["org", "usr", "agt", "ver", "mac", "trk", "num", "po", "rel", "led", "aud", "req"] as const)(
    "%s: the prefix, an underscore and 22 base-62 digits",
    (prefix) => {
      expect(newId(prefix)).toMatch(new RegExp(`^${prefix}_[0-9A-Za-z]{22}$`));
    },
  );

  test("the bare id is what stands behind the prefix", () => {
    expect(bareId("num_0123456789ABCDEFabcdef")).toBe("0123456789ABCDEFabcdef");
    expect(bareId(newId("po"))).toHaveLength(22);
  });

  test("a hundred thousand in a row are all different", () => {
    const made = Array.from({ length: 100_000 }, () => newId("num"));
    expect(new Set(made).size).toBe(made.length);
  });

  test("they sort by the time they were made, by code point", () => {
    vi.useFakeTimers();
    try {
      const made = [0, 1, 999, 86_400_000, 1_790_000_000_000, 4_102_444_800_000, 253_402_300_799_000].map(
        (moment) => {
          vi.setSystemTime(moment);
          return newId("num");
        },
      );
      expect([...made].sort()).toEqual(made);
      expect(made.every((id) => id.length === 26)).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });

  test("they carry version 7 and the variant of RFC 9562", () => {
    const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    for (let round = 0; round < 100; round += 1) {
      const value = [...bareId(newId("num"))].reduce(
        (sum, digit) => sum * 62n + BigInt(alphabet.indexOf(digit)),
        0n,
      );
      const hex = value.toString(16).padStart(32, "0");
      expect(hex).toHaveLength(32);
      expect(hex[12]).toBe("7");
      expect(hex[16]).toMatch(/[89ab]/);
    }
  });

  test("an installation tag has six letters or digits", () => {
    for (let round = 0; round < 200; round += 1) expect(newInstallationTag()).toMatch(/^[0-9A-Za-z]{6}$/);
  });
});
