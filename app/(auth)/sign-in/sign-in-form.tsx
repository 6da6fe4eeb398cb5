"use client";

import { CircleAlert } from "lucide-react";
import { type FormEvent, startTransition, useActionState } from "react";
import { PasswordInput } from "@/components/account/password-input";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { type SignInState, signInAction } from "./actions";

const UNTRIED: SignInState = { ok: false, login: "" };

export function SignInForm({ next }: { next: string }) {
  const [state, submit, isPending] = useActionState(signInAction, UNTRIED);
  const fields = state.error?.fields;

  /** React empties a form after its action: this way what was typed stays. Without scripts the form posts by itself. */
  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    if (!isPending) startTransition(() => submit(form));
  }

  return (
    <form action={submit} onSubmit={onSubmit} className="grid gap-3.5" noValidate>
      {state.error && !fields && <Problem message={state.error.message} />}
      <input type="hidden" name="next" value={next} />
      <Field label="E-mail or username" error={fields?.login}>
        {(control) => (
          <Input
            {...control}
            name="login"
            defaultValue={state.login}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            // The page has one purpose, and this is where it begins.
            autoFocus
            className="h-8"
          />
        )}
      </Field>
      <Field label="Password" error={fields?.password}>
        {(control) => <PasswordInput {...control} name="password" autoComplete="current-password" className="h-8" />}
      </Field>
      <Button type="submit" variant="primary" size="large" className="mt-1 justify-center" aria-disabled={isPending}>
        {isPending ? "Signing in…" : "Sign in"}
      </Button>
      <p className="text-xs text-muted">Forgotten your password? An admin can set a new one.</p>
    </form>
  );
}

function Problem({ message }: { message: string }) {
  return (
    <p role="alert" className="flex gap-2 rounded-md bg-red-soft px-2.5 py-2 text-red">
      <CircleAlert aria-hidden className="mt-px size-4 shrink-0" />
      {message}
    </p>
  );
}
