"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState, useTransition } from "react";
import { deleteIconsAction } from "@/app/(dashboard)/icons/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { showToast } from "@/components/ui/toast";
import { formatPlural } from "@/lib/format";
import { deletionWords, type IconChoice } from "@/lib/icons/icon-choice";
import { leftOutWords } from "./left-out-words";

type Props = {
  icons: IconChoice;
  /** How many of them stand for a category. */
  shown: number;
  onClose: () => void;
  onDone: () => void;
};

const INSTEAD = [
  { value: "previous", label: "The icon before it", help: "None, where there is none that can come back." },
  { value: "none", label: "No icon", help: "Until somebody chooses another." },
] as const;

/** Says what is deleted and what stays, and asks what is shown instead. */
export function DeleteIconsDialog({ icons, shown, onClose, onDone }: Props) {
  const router = useRouter();
  const [instead, setInstead] = useState<"previous" | "none">("previous");
  const [confirmation, setConfirmation] = useState("");
  const [error, setError] = useState<string>();
  const [isPending, startTransition] = useTransition();
  const what = formatPlural(icons.length, "icon");
  const words = deletionWords(icons.length);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isPending) return;
    startTransition(async () => {
      const chosen = shown > 0 ? { instead } : {};
      const result = await answerOf(deleteIconsAction({ icons, confirmation, ...chosen }));
      if (!result.ok) return setError(result.error.fields?.confirmation ?? result.error.message);
      onDone();
      router.refresh();
      const { deleted, changedMeanwhile } = result.data;
      await showToast(`Deleted ${formatPlural(deleted, "icon")}`, { description: leftOutWords(changedMeanwhile) });
    });
  }

  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent
        title={`Delete ${what}?`}
        description="How they were made and where they were shown stays known; the pictures can't be brought back."
        footer={
          <>
            <DialogClose asChild>
              <Button>Keep</Button>
            </DialogClose>
            <Button type="submit" form="delete-icons" variant="danger" aria-disabled={isPending}>
              {isPending ? "Deleting…" : `Delete ${what}`}
            </Button>
          </>
        }
      >
        <form id="delete-icons" onSubmit={submit} className="grid gap-3">
          {shown > 0 && (
            <fieldset className="grid gap-1">
              <legend className="mb-1 font-medium">
                {formatPlural(shown, "category", "categories")} {shown === 1 ? "shows" : "show"} one of them. Show
                instead
              </legend>
              {INSTEAD.map(({ value, label, help }) => (
                <label key={value} className="flex items-baseline gap-2">
                  <input
                    type="radio"
                    name="instead"
                    value={value}
                    checked={instead === value}
                    onChange={() => setInstead(value)}
                  />
                  <span>
                    {label} <span className="text-muted">{help}</span>
                  </span>
                </label>
              ))}
            </fieldset>
          )}
          {words ? (
            <Field label={`Type “${words}”`} error={error} isRequired>
              {(control) => (
                <Input {...control} value={confirmation} onChange={(event) => setConfirmation(event.target.value)} />
              )}
            </Field>
          ) : (
            error && (
              <p role="alert" className="text-red">
                {error}
              </p>
            )
          )}
        </form>
      </DialogContent>
    </Dialog>
  );
}
