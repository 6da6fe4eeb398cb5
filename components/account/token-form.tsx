"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import type { Result } from "@/lib/action";
import { useAction } from "./use-action";

type NewToken = { name: string; scope: "read" | "write"; days: number | null };
type Props = { create: (input: NewToken) => Promise<Result<{ token: string }>> };

export function TokenForm({ create }: Props) {
  const { submit, isPending, error } = useAction(create);
  const [token, setToken] = useState<string>();

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    const days = Number(given.get("days"));
    const scope = given.get("scope") === "write" ? "write" : "read";
    submit({ name: String(given.get("name")), scope, days: days > 0 ? days : null }, (data) => {
      form.reset();
      setToken(data.token);
    });
  }

  return (
    <>
      {token && <ShownOnce token={token} />}
      <form method="post" onSubmit={onSubmit} className="mt-4 flex flex-wrap items-start gap-3" noValidate>
        <Field label="Name" error={error?.fields?.name}>
          {(control) => <Input {...control} name="name" placeholder="Nightly price export" className="w-56" />}
        </Field>
        <Field label="May">
          {(control) => (
            <Select {...control} name="scope" defaultValue="read">
              <option value="read">read</option>
              <option value="write">read and write</option>
            </Select>
          )}
        </Field>
        <Field label="Ends">
          {(control) => (
            <Select {...control} name="days" defaultValue="90">
              <option value="30">after 30 days</option>
              <option value="90">after 90 days</option>
              <option value="365">after a year</option>
              <option value="0">never</option>
            </Select>
          )}
        </Field>
        <Button type="submit" className="mt-5" aria-disabled={isPending}>
          {isPending ? "Creating…" : "Create token"}
        </Button>
      </form>
      {error && !error.fields && (
        <p role="alert" className="mt-2 text-xs text-red">
          {error.message}
        </p>
      )}
    </>
  );
}

function ShownOnce({ token }: { token: string }) {
  return (
    <div role="status" className="mt-4 rounded-md border border-accent-line bg-accent-soft px-3 py-2">
      <p className="mb-1.5 text-xs">Copy this token now. It is not shown again.</p>
      <div className="flex items-center gap-2">
        <code className="mono min-w-0 flex-1 break-all select-all">{token}</code>
        <CopyButton text={token} />
      </div>
    </div>
  );
}
