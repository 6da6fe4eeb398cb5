"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useState, useTransition } from "react";
import {
  deleteDefinitionAction,
  previewDeletionAction,
  removeValuesAction,
  restoreDefinitionAction,
} from "@/app/(dashboard)/metafields/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { IntentProps } from "@/components/ui/on-intent";
import { showToast } from "@/components/ui/toast";
import { formatPlural } from "@/lib/format";
import type { DeletionPreview } from "@/lib/metafields/definitions/delete-definition";
import { DeletionPlan } from "./deletion-plan";

type Props = IntentProps & { id: string; name: string };

/** What a definition's deletion meets and takes along; values go first, by a run that can be undone. */
export function DeleteDialog({ id, name, trigger, defaultOpen }: Props) {
  const router = useRouter();
  const [isOpen, setOpen] = useState<boolean>(defaultOpen);
  const [plan, setPlan] = useState<DeletionPreview>();
  const [failure, setFailure] = useState<string>();
  const [word, setWord] = useState("");
  const [isPending, startTransition] = useTransition();

  useEffect(
    function askServer() {
      if (!isOpen) return;
      let isCurrent = true;
      void previewDeletionAction({ id }).then((result) => {
        if (!isCurrent) return;
        if (result.ok) setPlan(result.data);
        setFailure(result.ok ? undefined : result.error.message);
      });
      return () => {
        isCurrent = false;
      };
    },
    [isOpen, id],
  );

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!plan || isPending || isBlocked(plan)) return;
    startTransition(() => (plan.values > 0 ? planRemoval() : remove(plan.version)));
  }

  async function planRemoval() {
    const result = await answerOf(removeValuesAction({ id, confirmation: word || undefined }));
    if (!result.ok) return setFailure(Object.values(result.error.fields ?? {})[0] ?? result.error.message);
    setOpen(false);
    await showToast(`Run ${result.data.number} plans it. Approve it there, then delete the definition.`);
    router.push(`/syncs/${result.data.number}`);
  }

  async function remove(version: number) {
    const result = await answerOf(deleteDefinitionAction({ id, version }));
    if (!result.ok) return setFailure(result.error.message);
    setOpen(false);
    router.push("/metafields");
    await showToast(`Deleted ${name}.`, { action: { label: "Undo", onClick: () => void bringBack() } });
  }

  async function bringBack() {
    const result = await answerOf(restoreDefinitionAction({ id }));
    if (!result.ok) return showToast(result.error.message, { tone: "error" });
    router.push(`/metafields/${id}`);
    return showToast(`${name} is there again.`);
  }

  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent
        title={`Delete ${name}?`}
        description="The definition goes from the registry. Values never go without a run that can bring them back."
        footer={
          <>
            <DialogClose asChild>
              <Button>Keep it</Button>
            </DialogClose>
            <Button
              type="submit"
              form="delete-definition"
              variant="danger"
              aria-disabled={!plan || isPending || isBlocked(plan)}
            >
              {isPending ? "Working…" : verb(plan)}
            </Button>
          </>
        }
      >
        <form id="delete-definition" onSubmit={submit} className="grid gap-3">
          {plan ? (
            <DeletionPlan plan={plan} />
          ) : (
            !failure && (
              <p role="status" className="text-muted">
                Looking at what carries it…
              </p>
            )
          )}
          {plan?.confirmation && !isBlocked(plan) ? (
            <Field label={`Type "${plan.confirmation}" to confirm`} error={failure}>
              {(control) => (
                <Input {...control} value={word} onChange={(event) => setWord(event.target.value)} autoComplete="off" />
              )}
            </Field>
          ) : (
            failure && (
              <p role="alert" className="text-red">
                {failure}
              </p>
            )
          )}
        </form>
      </DialogContent>
    </Dialog>
  );
}

/** A category's attribute is taken away on the category itself. */
function isBlocked(plan: DeletionPreview) {
  return plan.values === 0 && plan.categoryCount > 0;
}

function verb(plan: DeletionPreview | undefined) {
  return plan && plan.values > 0 ? `Plan the removal of ${formatPlural(plan.values, "value")}` : "Delete";
}
