"use client";

import type { FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { showToast } from "@/components/ui/toast";
import type { Result } from "@/lib/action";
import { PasswordInput } from "./password-input";
import { useAction } from "./use-action";

type Props = {
  email: string;
  change: (input: { current: string; password: string }) => Promise<Result<void>>;
};

export function PasswordForm({ email, change }: Props) {
  const { submit, isPending, error } = useAction(change);

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    submit({ current: String(given.get("current")), password: String(given.get("password")) }, () => {
      form.reset();
      void showToast("Password changed. Your other devices are signed out.");
    });
  }

  return (
    <form method="post" onSubmit={onSubmit} className="grid max-w-80 gap-3.5" noValidate>
      {/* Password managers file the new password under this name. */}
      <input type="email" name="username" autoComplete="username" defaultValue={email} readOnly hidden />
      <Field label="Current password" error={error?.fields?.current}>
        {(control) => <PasswordInput {...control} name="current" autoComplete="current-password" />}
      </Field>
      <Field label="New password" help="At least 10 characters." error={error?.fields?.password}>
        {(control) => <PasswordInput {...control} name="password" autoComplete="new-password" />}
      </Field>
      {error && !error.fields && (
        <p role="alert" className="text-xs text-red">
          {error.message}
        </p>
      )}
      <div>
        <Button type="submit" variant="primary" aria-disabled={isPending}>
          {isPending ? "Changing…" : "Change password"}
        </Button>
      </div>
    </form>
  );
}
