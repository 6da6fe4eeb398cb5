"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState, useTransition } from "react";
import { saveConnectionAction } from "@/app/(dashboard)/feeds/actions";
import { answerOf } from "@/components/ui/answer-of";
import { FormEnd } from "@/components/ui/form-end";
import { showToast } from "@/components/ui/toast";
import { useFirstError } from "@/components/ui/use-first-error";
import type { PublicConnection } from "@/lib/feeds/connection";
import { type ConnectionDraft, connectionErrors, draftOf, inputOf } from "./connection-draft";
import { ConnectionFields } from "./connection-fields";
import { ConnectionTest } from "./connection-test";

type Props = { sourceId: string; version: number; connection: PublicConnection };

/** A source's connection, tested and saved. What was typed survives every failure. */
export function ConnectionForm({ sourceId, version, connection }: Props) {
  const router = useRouter();
  const [draft, setDraft] = useState<ConnectionDraft>(() => draftOf(connection));
  const [errors, setErrors] = useState<Record<string, string>>({});
  const form = useFirstError(errors);
  const [isPending, startTransition] = useTransition();
  const change = (part: Partial<ConnectionDraft>) => setDraft((now) => ({ ...now, ...part }));

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isPending) return;
    startTransition(async () => {
      const result = await answerOf(saveConnectionAction({ sourceId, version, connection: inputOf(draft) }));
      if (!result.ok) {
        const found = connectionErrors(result.error.fields);
        return setErrors(Object.keys(found).length > 0 ? found : { form: result.error.message });
      }
      setErrors({});
      await showToast("Connection saved");
      router.refresh();
    });
  }

  return (
    <form ref={form} onSubmit={submit} noValidate className="grid gap-4">
      <ConnectionFields draft={draft} onChange={change} errors={errors} saved={connection as Secrets} />
      {draft.type !== "upload" && (
        <ConnectionTest sourceId={sourceId} draft={draft} onChange={change} onErrors={setErrors} />
      )}
      <FormEnd error={errors.form} isPending={isPending} pending="Saving…">
        Save connection
      </FormEnd>
    </form>
  );
}

/** The kinds without a server have none of them. */
type Secrets = { password?: string | null; privateKey?: string | null; passphrase?: string | null };
