"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Checkbox, Input } from "@/components/ui/input";

type Props = {
  name: string;
  isShared: boolean;
  canShare: boolean;
  submit: string;
  onCancel: () => void;
  /** The sentence of a refusal, or undefined when it is done. */
  onSave: (input: { name: string; isShared: boolean }) => Promise<string | undefined>;
};

/** A view's name and who sees it. */
export function ViewForm({ name, isShared, canShare, submit, onCancel, onSave }: Props) {
  const [error, setError] = useState<string>();
  const [isBusy, setBusy] = useState(false);

  async function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setError(await onSave({ name: String(form.get("name") ?? ""), isShared: form.get("shared") === "yes" }));
    setBusy(false);
  }

  return (
    <form onSubmit={save} className="grid gap-3 p-1" aria-label="View">
      <Field label="Name" error={error}>
        {(control) => (
          <Input {...control} name="name" defaultValue={name} maxLength={80} autoComplete="off" autoFocus />
        )}
      </Field>
      {canShare && (
        <label className="flex items-center gap-1.5">
          <Checkbox name="shared" value="yes" defaultChecked={isShared} />
          Everybody sees it
        </label>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Back</Button>
        <Button type="submit" variant="primary" disabled={isBusy}>
          {submit}
        </Button>
      </div>
    </form>
  );
}
