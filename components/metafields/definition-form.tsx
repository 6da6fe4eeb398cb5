"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState, useTransition } from "react";
import {
  getValueCheckAction,
  previewDefinitionAction,
  updateDefinitionAction,
} from "@/app/(dashboard)/metafields/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/toast";
import { formatPlural } from "@/lib/format";
import type { ValueCheck } from "@/lib/metafields/definitions/check-values";
import type { DefinitionView } from "@/lib/metafields/definitions/queries";
import { BrokenValues } from "./broken-values";
import { type DefinitionDraft, DefinitionFields, storedRules, typedRules } from "./definition-fields";

/** Between two questions whether the check is through, in milliseconds. */
const ASK_EVERY_MS = 700;

type Failure = { message: string; fields?: Record<string, string> };

/** What a definition says. Before it is saved one sees which values would not fit any more. */
export function DefinitionForm({ definition, mayEdit }: { definition: DefinitionView; mayEdit: boolean }) {
  const router = useRouter();
  const { id, type, version } = definition;
  const [draft, setDraft] = useState<DefinitionDraft>(() => ({
    name: definition.name,
    description: definition.description,
    isRequired: definition.isRequired,
    rules: typedRules(type, definition.rules),
  }));
  const [failure, setFailure] = useState<Failure>();
  const [preview, setPreview] = useState<ValueCheck | null>(null);
  const [progress, setProgress] = useState<number | null>(null);
  const [isPending, startTransition] = useTransition();
  const validations = storedRules(type, draft.rules);
  const stored = storedRules(type, typedRules(type, definition.rules));
  const changesRules = JSON.stringify(validations) !== JSON.stringify(stored);
  const isChanged =
    changesRules ||
    draft.name !== definition.name ||
    draft.description !== definition.description ||
    draft.isRequired !== definition.isRequired;

  function change(next: DefinitionDraft) {
    setDraft(next);
    setPreview(null);
  }
  async function save() {
    const { name, description, isRequired } = draft;
    const result = await answerOf(updateDefinitionAction({ id, version, name, description, isRequired, validations }));
    if (!result.ok) return setFailure(result.error);
    setFailure(undefined);
    setPreview(null);
    router.refresh();
    await showToast("Saved.");
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    startTransition(async () => {
      if (!changesRules || preview) return save();
      const found = await checked(previewDefinitionAction({ id, validations }), setProgress);
      setProgress(null);
      if (!found.ok) return setFailure(found.error);
      setFailure(undefined);
      if (found.check.breaking === 0) return save();
      setPreview(found.check);
    });
  }

  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <DefinitionFields type={type} draft={draft} errors={failure?.fields ?? {}} mayEdit={mayEdit} onChange={change} />
      {failure && (
        <p role="alert" className="text-red">
          {failure.message}
        </p>
      )}
      {progress !== null && (
        <p className="tabular text-muted">Checking values: {formatPlural(progress, "value")} so far…</p>
      )}
      {preview && <BrokenValues check={preview} />}
      {mayEdit && isChanged && (
        <div className="flex gap-2">
          <Button type="submit" variant="primary" disabled={isPending}>
            {isPending
              ? "Saving…"
              : preview
                ? `Save, and leave ${formatPlural(preview.breaking, "value")} as they are`
                : "Save"}
          </Button>
          <Button
            onClick={() => {
              setFailure(undefined);
              change({ ...draft, ...definition, rules: typedRules(type, definition.rules) });
            }}
          >
            Discard
          </Button>
        </div>
      )}
    </form>
  );
}

type Found = { ok: true; check: ValueCheck } | { ok: false; error: Failure };

/** What the check found, at once or once its job is through. */
async function checked(
  asked: ReturnType<typeof previewDefinitionAction>,
  onProgress: (done: number) => void,
): Promise<Found> {
  const first = await asked;
  if (!first.ok) return { ok: false, error: first.error };
  if ("check" in first.data) return { ok: true, check: first.data.check };
  const { jobId } = first.data;
  for (;;) {
    const next = await answerOf(getValueCheckAction({ jobId }));
    if (!next.ok) return { ok: false, error: next.error };
    if ("check" in next.data) return { ok: true, check: next.data.check };
    onProgress(next.data.done);
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
}
