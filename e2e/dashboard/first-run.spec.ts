import { readFileSync } from "node:fs";
import { query } from "../database";
import { stack } from "../environment";
import { expect, test } from "../fixtures";
import { signIn } from "../session";

test.use({ signedIn: false });

function readDemo(): { email: string; password: string } {
  return JSON.parse(readFileSync(stack.demoFile, "utf8"));
}

test("the demo's owner signs in with what the demo file says, and out again", async ({ page }) => {
  const { email, password } = readDemo();
  await page.goto("/");
  await expect(page).toHaveURL(/\/sign-in/);
  await page.getByRole("textbox", { name: "Email" }).fill(email);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "Phone numbers", level: 1 })).toBeVisible();

  await page.getByRole("button", { name: "Account: Demo owner" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.goto("/settings/phone-numbers");
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
});

test("a wrong password is told without saying which half was wrong", async ({ page, guard }) => {
  guard.allow(401, "/api/auth/callback/credentials");
  const { email } = readDemo();
  await page.goto("/sign-in");
  for (const address of [email, "nobody@example.com"]) {
    await page.getByRole("textbox", { name: "Email" }).fill(address);
    await page.getByRole("textbox", { name: "Password" }).fill("not the password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByText("That email and password do not match.")).toBeVisible();
    await expect(page.getByRole("textbox", { name: "Password" })).toBeFocused();
    await page.reload();
  }
});

test("an empty form says what is missing and sends nothing", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("Enter your email.")).toBeVisible();
  await expect(page.getByText("Enter your password.")).toBeVisible();
});

for (const address of ["/settings/phone-numbers", "/agents", "/agents/agt_0", "/"]) {
  test(`${address} leads to sign-in when nobody is signed in`, async ({ page }) => {
    await page.goto(address);
    await expect(page).toHaveURL(/\/sign-in/);
    await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  });
}

test("the API says that nobody is signed in", async ({ request }) => {
  const response = await request.get("/core/phone-numbers");
  expect(response.status()).toBe(401);
  expect(await response.json()).toMatchObject({ code: "unauthenticated" });
});

test("a session ends everywhere when its epoch is raised", async ({ page, desk, context }) => {
  await signIn(context, desk.user.id);
  await page.goto("/agents");
  await expect(page.getByRole("heading", { name: "Agents", level: 1 })).toBeVisible();
  await query('UPDATE "user" SET session_epoch = session_epoch + 1 WHERE id = $1', [desk.user.id]);
  await page.reload();
  await expect(page).toHaveURL(/\/sign-in/);
});
