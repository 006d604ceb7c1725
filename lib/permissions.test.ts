import { describe, expect, test } from "vitest";
import { AppError } from "./errors";
import { allScopes, hasScope, type Role, requireScope, type Scope, scopesFor } from "./permissions";

const scopes = [...allScopes];

/** What each role may do, by scope: o owner, a admin, p operator, v viewer. */
const matrix: Record<Scope, string> = {
  "phone_numbers:read": "oapv",
  "phone_numbers:manage": "oap",
  "phone_numbers:release": "oa",
  "managed_accounts:read": "oapv",
  "managed_accounts:manage": "oap",
  "trunks:read": "oapv",
  "trunks:manage": "oap",
  "agents:read": "oapv",
  "agents:manage": "oap",
  "campaigns:read": "oapv",
  "campaigns:manage": "oap",
  "calls:read": "oapv",
  "calls:manage": "oap",
  "billing:read": "oa",
  "billing:manage": "oa",
  "members:read": "oa",
  "members:manage": "oa",
  "audit:read": "oa",
};

const letters: Record<Role, string> = { owner: "o", admin: "a", operator: "p", viewer: "v" };
const cells = (Object.keys(letters) as Role[]).flatMap((role) =>
  scopes.map((scope) => ({ role, scope, may: matrix[scope].includes(letters[role]) })),
);

describe("roles and scopes", () => {
  test.each(cells)("$role and $scope: $may", ({ role, scope, may }) => {
    expect(hasScope(scopesFor(role), scope)).toBe(may);
    const attempt = () => requireScope({ scopes: scopesFor(role) }, scope);
    if (may) expect(attempt).not.toThrow();
    else expect(attempt).toThrow(expect.objectContaining({ code: "missing_scope" }));
  });

  test("the matrix covers every scope there is", () => {
    expect(Object.keys(matrix).sort()).toEqual([...scopes].sort());
  });
});

describe("manage implies read", () => {
  test.each(scopes.filter((scope) => scope.endsWith(":manage")))("%s", (scope) => {
    const held = new Set<Scope>([scope]);
    const read = scope.replace(":manage", ":read") as Scope;
    expect(hasScope(held, read)).toBe(true);
    const others = scopes.filter((other) => other !== scope && other !== read);
    expect(others.filter((other) => hasScope(held, other))).toEqual([]);
  });

  test.each(scopes.filter((scope) => !scope.endsWith(":manage")))("%s implies nothing else", (scope) => {
    const held = new Set<Scope>([scope]);
    expect(scopes.filter((other) => hasScope(held, other))).toEqual([scope]);
  });

  test("releasing is not part of managing", () => {
    expect(hasScope(new Set(["phone_numbers:manage"]), "phone_numbers:release")).toBe(false);
  });
});

describe("a missing scope", () => {
  test("is named, in words and as a list", () => {
    try {
      requireScope({ scopes: new Set() }, "phone_numbers:manage", "managed_accounts:manage");
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(AppError);
      expect(error).toMatchObject({
        code: "missing_scope",
        message: "This needs the scope phone_numbers:manage or managed_accounts:manage.",
        extra: { scopes: ["phone_numbers:manage", "managed_accounts:manage"] },
      });
    }
  });

  test("any one of those accepted is enough", () => {
    const held = { scopes: new Set<Scope>(["managed_accounts:manage"]) };
    expect(() => requireScope(held, "phone_numbers:manage", "managed_accounts:manage")).not.toThrow();
  });
});
