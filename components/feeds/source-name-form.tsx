"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState, useTransition } from "react";
import { renameSourceAction, setSourceActiveAction } from "@/app/(dashboard)/feeds/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { showToast } from "@/components/ui/toast";

type Props = { sourceId: string; version: number; name: string; isActive: boolean };

/** A source's name, and whether it is used at all. */
export function SourceNameForm({ sourceId, version, name: saved, isActive }: Props) {
  const router = useRouter();
  const [name, setName] = useState(saved);
  const [error, setError] = useState<string>();
  const [isPending, startTransition] = useTransition();

  function submit(event: FormEvent) {
    event.preventDefault();
    startTransition(async () => {
      const result = await answerOf(renameSourceAction({ sourceId, version, name }));
      setError(result.ok ? undefined : (result.error.fields?.name ?? result.error.message));
      if (!result.ok) return;
      await showToast(`The source is called ${name.trim()} now`);
      router.refresh();
    });
  }

  function switchTo(next: boolean) {
    startTransition(async () => {
      const result = await answerOf(setSourceActiveAction({ sourceId, version, isActive: next }));
      if (!result.ok) return void showToast(result.error.message, { tone: "error" });
      await showToast(next ? `${saved} is switched on` : `${saved} is switched off. What it brought stays.`);
      router.refresh();
    });
  }

  return (
    <div className="grid gap-4">
      <form onSubmit={submit} noValidate className="flex items-end gap-2">
        <div className="max-w-80 flex-1">
          <Field label="Name" error={error}>
            {(control) => <Input {...control} value={name} onChange={(event) => setName(event.target.value)} />}
          </Field>
        </div>
        {name !== saved && (
          <Button type="submit" aria-disabled={isPending}>
            Rename
          </Button>
        )}
      </form>
      <div className="flex flex-wrap items-center gap-3">
        <Button variant={isActive ? "danger" : "default"} onClick={() => switchTo(!isActive)} aria-disabled={isPending}>
          {isActive ? "Switch off" : "Switch on"}
        </Button>
        <span className="text-xs text-muted">
          {isActive
            ? "Nothing is fetched or imported any more; its products, runs and files stay."
            : "It is fetched and imported again."}
        </span>
      </div>
    </div>
  );
}
