"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState, useTransition } from "react";
import {
  createRuleAction,
  deleteRuleAction,
  switchRuleAction,
  updateRuleAction,
} from "@/app/(dashboard)/feeds/rules/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import type { IntentProps } from "@/components/ui/on-intent";
import { showToast } from "@/components/ui/toast";
import type { Result } from "@/lib/action";
import type { RuleRow } from "@/lib/sync/approval-rules/queries";
import { type RuleDraft, RuleFields } from "./rule-fields";
import { TrialWords } from "./trial-words";
import { useTrial } from "./use-trial";

type Props = IntentProps & { rule: RuleRow | null; sources: { id: string; name: string }[] };
type Failure = { message: string; fields?: Record<string, string> };

const NEW: RuleDraft = { name: "", sourceId: "", field: "priceCents", metafield: "", rise: "10", fall: "10" };

/** A rule's form; beside it stands what it would have let pass of the last runs. */
export function RuleDialog({ rule, sources, trigger, defaultOpen }: Props) {
  const router = useRouter();
  const [isOpen, setOpen] = useState<boolean>(defaultOpen);
  const [draft, setDraft] = useState<RuleDraft>(rule ? draftOf(rule) : NEW);
  const [failure, setFailure] = useState<Failure>();
  const [isDeleting, setDeleting] = useState(false);
  const [isPending, startTransition] = useTransition();
  const input = inputOf(draft);
  const trials = useTrial(input, rule?.id);

  function run(work: () => Promise<Result<unknown>>, words: string) {
    startTransition(async () => {
      const result = await answerOf(work());
      if (!result.ok) return setFailure(result.error);
      setOpen(false);
      if (!rule) setDraft(NEW);
      setFailure(undefined);
      router.refresh();
      await showToast(words);
    });
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (rule)
      run(
        () => updateRuleAction({ ...input, id: rule.id, version: rule.version }),
        "Saved. It holds from the next run on.",
      );
    else run(() => createRuleAction(input), "The rule holds from the next run on.");
  }

  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent
        title={rule ? rule.name : "New rule"}
        description="What it allows is applied without a person, from the next run on."
        footer={
          <>
            {rule && (
              <span className="mr-auto flex gap-2">
                <Button
                  onClick={() =>
                    run(
                      () => switchRuleAction({ id: rule.id, version: rule.version, isActive: !rule.isActive }),
                      rule.isActive ? "Switched off" : "Switched on",
                    )
                  }
                >
                  {rule.isActive ? "Switch off" : "Switch on"}
                </Button>
                <Button
                  variant="danger"
                  onClick={() =>
                    isDeleting
                      ? run(() => deleteRuleAction({ id: rule.id, version: rule.version }), "Deleted")
                      : setDeleting(true)
                  }
                >
                  {isDeleting ? "Delete for good" : "Delete"}
                </Button>
              </span>
            )}
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <Button type="submit" form="rule" variant="primary" aria-disabled={isPending}>
              {isPending ? "Saving…" : rule ? "Save" : "Create rule"}
            </Button>
          </>
        }
      >
        <form id="rule" onSubmit={submit} className="grid gap-3">
          <RuleFields draft={draft} onChange={setDraft} sources={sources} errors={failure?.fields ?? {}} />
          {failure && !failure.fields && (
            <p role="alert" className="text-red">
              {failure.message}
            </p>
          )}
          <div aria-live="polite" className="rounded-md border bg-sunk p-2 text-xs">
            {trials ? <TrialWords trials={trials} isDraft /> : "Tried on the last runs once it is complete."}
          </div>
        </form>
      </DialogContent>
    </Dialog>
  );
}

function draftOf(rule: RuleRow): RuleDraft {
  const isMetafield = rule.field.startsWith("metafield:");
  return {
    name: rule.name,
    sourceId: rule.sourceId ?? "",
    field: isMetafield ? "metafield" : rule.field,
    metafield: isMetafield ? rule.field.slice("metafield:".length) : "",
    rise: rule.maxIncreasePercent === null ? "" : String(rule.maxIncreasePercent),
    fall: rule.maxDecreasePercent === null ? "" : String(rule.maxDecreasePercent),
  };
}

function inputOf({ name, sourceId, field, metafield, rise, fall }: RuleDraft) {
  const percent = (text: string) => (text.trim() === "" ? null : Number(text.replace(",", ".")));
  return {
    name,
    sourceId: sourceId || null,
    field: field === "metafield" ? `metafield:${metafield.trim()}` : field,
    maxIncreasePercent: percent(rise),
    maxDecreasePercent: percent(fall),
  };
}
