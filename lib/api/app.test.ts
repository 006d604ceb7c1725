import { expect, test } from "vitest";
import { pathOf } from "./app";

test.each([
  ["/core/phone-numbers?limit=1", "/core/phone-numbers"],
  ["/", "/"],
  ["", "/"],
  [undefined, "/"],
  ["*", "/*"],
  ["/a/../core/x", "/core/x"],
  ["http://elsewhere.example.com/core/x", "/core/x"],
  ["//", null],
  ["///", null],
  ["//:80", null],
  ["http://", null],
  ["http://[", null],
])("the target %o asks for the path %o", (target, path) => {
  expect(pathOf(target)).toBe(path);
});
