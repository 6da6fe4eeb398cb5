"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState, useTransition } from "react";
import { undoRunAction } from "@/app/(dashboard)/syncs/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { IntentProps } from "@/components/ui/on-intent";
import { showToast } from "@/components/ui/toast";
import { formatCount, formatPlural } from "@/lib/format";
import { TYPED_FROM, undoConfirmation } from "@/lib/sync/undo/undoable";
import { UndoPlan } from "./undo-plan";
import { useUndoPreview } from "./use-undo-preview";

type Props = IntentProps & { runId: string; number: number; source: string; isLarge: boolean; isDeletion: boolean };

/** The plan of an undo, and the word for it: nothing happens before both. */
export function UndoDialog({ runId, number, source, isLarge, isDeletion, trigger, defaultOpen }: Props) {
  const router = useRouter();
  const [isOpen, setOpen] = useState<boolean>(defaultOpen);
  const [word, setWord] = useState("");
  const [error, setError] = useState<string>();
  const [isPending, startTransition] = useTransition();
  const { preview, failure, progress, retry } = useUndoPreview({ runId, number, isLarge, isOpen });
  const products = preview ? preview.products.restored + preview.products.removed + preview.products.skipped : 0;
  const going = preview ? goingOf(preview) : 0;
  const isTyped = products >= TYPED_FROM;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isPending || !preview || going === 0) return;
    if (isTyped && word.trim().toLowerCase() !== undoConfirmation(number)) {
      return setError(`Type "${undoConfirmation(number)}" to go on.`);
    }
    startTransition(async () => {
      const result = await answerOf(undoRunAction({ runId, confirmation: undoConfirmation(number) }));
      if (!result.ok) return setError(result.error.message);
      setOpen(false);
      const href = `/syncs/${result.data.number}`;
      await showToast(`${isDeletion ? "Restoring from" : "Undoing"} run ${number} as run ${result.data.number}`, {
        action: { label: "Open it", onClick: () => router.push(href) },
      });
      router.push(href);
    });
  }

  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent
        title={isDeletion ? `Restore what run ${number} deleted?` : `Undo run ${number} of ${source}?`}
        description={
          isDeletion
            ? "Each product comes back from the run's backup as it was, archived. One whose place is taken stays deleted."
            : "What it changed goes back as it was. What somebody changed since stays."
        }
        className="w-[min(38rem,calc(100vw-2rem))]"
        footer={
          <>
            <DialogClose asChild>
              <Button>{isDeletion ? "Leave them deleted" : "Keep the run"}</Button>
            </DialogClose>
            <Button
              type="submit"
              form="undo-run"
              variant={isDeletion ? "primary" : "danger"}
              aria-disabled={isPending || going === 0}
            >
              {isDeletion ? restoreWords(isPending, going) : undoWords(isPending, going)}
            </Button>
          </>
        }
      >
        {failure && (
          <div role="alert" className="grid justify-items-start gap-2 text-red">
            <p>{failure}</p>
            <Button onClick={retry}>Look again</Button>
          </div>
        )}
        {!failure && !preview && (
          <p role="status" className="text-muted">
            {progress}
          </p>
        )}
        {preview && <UndoPlan preview={preview} />}
        <form id="undo-run" onSubmit={submit} className="grid gap-2">
          {preview && isTyped && going > 0 && (
            <Field
              label={`Type "${undoConfirmation(number)}" to confirm`}
              help={`The run changed ${formatCount(products)} products.`}
              error={error}
            >
              {(control) => (
                <Input {...control} value={word} onChange={(event) => setWord(event.target.value)} autoComplete="off" />
              )}
            </Field>
          )}
          {error && !isTyped && (
            <p role="alert" className="text-red">
              {error}
            </p>
          )}
        </form>
      </DialogContent>
    </Dialog>
  );
}

function undoWords(isPending: boolean, going: number) {
  if (isPending) return "Undoing…";
  return going > 0 ? `Undo ${formatPlural(going, "change")}` : "Undo";
}

function restoreWords(isPending: boolean, going: number) {
  if (isPending) return "Restoring…";
  return going > 0 ? `Restore ${formatPlural(going, "product")}` : "Restore";
}

function goingOf({ products, categories }: NonNullable<ReturnType<typeof useUndoPreview>["preview"]>) {
  return products.restored + products.removed + categories.restored + categories.removed;
}
