"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { Eye, EyeOff } from "lucide-react";
import { useRouter } from "next/navigation";
import { getProviders, signIn } from "next-auth/react";
import { type ReactNode, useState } from "react";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

const signInSchema = z.object({
  email: z.string().trim().min(1, "Enter your email."),
  password: z.string().min(1, "Enter your password."),
});

type SignInValues = z.infer<typeof signInSchema>;

const mismatch = "That email and password do not match.";
const unavailable = "Sign-in is not available right now. Try again in a moment.";
const home = "/settings/phone-numbers";

export type SignInFormProps = {
  /** Where to go afterwards; anything but a page of this origin is ignored. */
  callbackUrl?: string;
  /** A line under the button, such as how to sign in to a demo. */
  hint?: ReactNode;
};

export function SignInForm({ callbackUrl, hint }: SignInFormProps) {
  const router = useRouter();
  const [failure, setFailure] = useState<string | null>(null);
  const [passwordShown, setPasswordShown] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const form = useForm<SignInValues>({
    resolver: zodResolver(signInSchema),
    defaultValues: { email: "", password: "" },
  });
  const { errors, isSubmitting } = form.formState;

  const submit = form.handleSubmit(async (values) => {
    setFailure(null);
    const problem = await attemptSignIn(values);
    if (problem) {
      setFailure(problem);
      form.resetField("password");
      form.setFocus("password");
      return;
    }
    setLeaving(true);
    router.replace(readSafePath(callbackUrl));
    router.refresh();
  });

  return (
    <form className="flex flex-col gap-4" method="post" noValidate onSubmit={submit}>
      {failure && <Alert tone="danger">{failure}</Alert>}
      <Field error={errors.email?.message} label="Email" required>
        <Input
          autoCapitalize="none"
          autoComplete="username"
          autoFocus
          inputMode="email"
          spellCheck={false}
          type="email"
          {...form.register("email")}
        />
      </Field>
      <Field error={errors.password?.message} label="Password" required>
        <Input
          autoComplete="current-password"
          trailing={
            <Button
              aria-label="Show password"
              aria-pressed={passwordShown}
              onClick={() => setPasswordShown(!passwordShown)}
              size="icon-sm"
              variant="ghost"
            >
              {passwordShown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
            </Button>
          }
          type={passwordShown ? "text" : "password"}
          {...form.register("password")}
        />
      </Field>
      <Button className="mt-1 w-full" pending={isSubmitting || leaving} type="submit" variant="primary">
        Sign in
      </Button>
      {hint && <div className="text-muted-foreground text-center text-xs">{hint}</div>}
    </form>
  );
}

/** Null when signed in, else what to say. */
async function attemptSignIn({ email, password }: SignInValues) {
  try {
    // With its server away, signIn leaves for an error page of its own instead of returning, so ask first.
    if (!(await getProviders())) return unavailable;
    const result = await signIn("credentials", { email, password, redirect: false });
    if (result?.ok && !result.error) return null;
    return result?.error === "CredentialsSignin" ? mismatch : unavailable;
  } catch {
    return unavailable;
  }
}

function readSafePath(callbackUrl: string | undefined) {
  if (!callbackUrl || !URL.canParse(callbackUrl, window.location.origin)) return home;
  const url = new URL(callbackUrl, window.location.origin);
  if (url.origin !== window.location.origin || url.pathname === "/" || url.pathname === "/sign-in")
    return home;
  return `${url.pathname}${url.search}${url.hash}`;
}
