"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { planBulkEditAction } from "@/app/(dashboard)/catalog/bulk-actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent } from "@/components/ui/dialog";
import { showToast } from "@/components/ui/toast";
import { TYPED_FROM } from "@/lib/bulk-edit/archive-confirmation";
import { formatCount } from "@/lib/format";
import { BulkPreview } from "./bulk-preview";
import { type Draft, newDraft, toOperation } from "./draft";
import { DraftFields } from "./draft-fields";
import { useBulkPreview } from "./use-bulk-preview";

/** Fields changed at once. */
const MOST_FIELDS = 10;

/** What the form begins with. */
export type FirstDraft = "field" | "move" | "status" | "archive";

export interface BulkEditProps {
  first: FirstDraft;
  selection: { ids: string[] } | { query: string; category: string | null; except: string[] };
  count: number;
  /** There are more than `count`. */
  isCapped: boolean;
  onClose: () => void;
  onPlanned: () => void;
}

/** Chooses what is done to the selected products and shows it on the first of them; all are planned by a job. */
export function BulkEditDialog({ first, selection, count, isCapped, onClose, onPlanned }: BulkEditProps) {
  const router = useRouter();
  const [drafts, setDrafts] = useState<Draft[]>(() => [firstDraft(first)]);
  const [policy, setPolicy] = useState<"skip" | "all">("skip");
  const [failure, setFailure] = useState<string>();
  const [isPlanning, startPlanning] = useTransition();
  const made = drafts.map(toOperation);
  const operations = made.every((one) => one !== null) ? made : null;
  const { answer, isStale } = useBulkPreview(selection, operations);
  const products = `${formatCount(count)}${isCapped ? "+" : ""} ${count === 1 && !isCapped ? "product" : "products"}`;
  const isArchiving = drafts.some(
    ({ field, deed, status }) => field === "status" && deed === "set" && status === "archived",
  );
  const isGuarded = isArchiving && (count >= TYPED_FROM || isCapped);

  function change(changed: Draft) {
    setFailure(undefined);
    setDrafts(drafts.map((draft) => (draft.id === changed.id ? changed : draft)));
  }
  function plan() {
    if (isPlanning) return;
    if (!operations) return setFailure("Say first what is to be changed.");
    startPlanning(async () => {
      // The server reads what the form made, and says what is wrong with it.
      const input = { operations, selection, policy, count: isCapped ? null : count };
      const result = await answerOf(planBulkEditAction(input as Parameters<typeof planBulkEditAction>[0]));
      if (!result.ok) return setFailure(Object.values(result.error.fields ?? {})[0] ?? result.error.message);
      onPlanned();
      onClose();
      router.push(`/syncs/${result.data.number}`);
      await showToast(`Planning ${products}`, { description: "Nothing is changed before you have looked at it." });
    });
  }

  const taken = drafts.map(({ field, definition }) =>
    field === "metafield" ? `${definition?.namespace}.${definition?.key}` : field,
  );
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent
        title={`${isArchiving && drafts.length === 1 ? "Archive" : "Edit"} ${products}`}
        description="First a plan is made of each value before and after. You look at it, then it is applied."
        className="top-[6vh] max-h-[88vh] w-[min(42rem,calc(100vw-1rem))]"
        footer={
          <>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <Button type="submit" form="bulk-edit" variant="primary" aria-disabled={isPlanning || !operations}>
              {isPlanning ? "Planning…" : `Plan ${products}`}
            </Button>
          </>
        }
      >
        <form
          id="bulk-edit"
          className="grid gap-3 pt-1"
          onSubmit={(event) => {
            event.preventDefault();
            plan();
          }}
        >
          {drafts.map((draft) => (
            <DraftFields
              key={draft.id}
              draft={draft}
              taken={taken.filter((_, at) => drafts[at] !== draft)}
              onChange={change}
              onRemove={
                drafts.length > 1 ? () => setDrafts(drafts.filter((other) => other.id !== draft.id)) : undefined
              }
            />
          ))}
          {drafts.length < MOST_FIELDS && (
            <Button
              variant="ghost"
              size="small"
              className="w-fit"
              onClick={() => setDrafts([...drafts, newDraft({ field: freeField(taken) })])}
            >
              <Plus aria-hidden />
              Another field
            </Button>
          )}
          <BulkPreview rows={answer?.rows ?? []} failure={answer?.failure ?? null} isStale={isStale} />
          <fieldset className="flex flex-wrap gap-x-5 gap-y-1">
            <legend className="pb-1 text-xs font-medium text-muted">Where a product can't be changed so</legend>
            <Policy is="skip" now={policy} onChoose={setPolicy}>
              leave it out and go on
            </Policy>
            <Policy is="all" now={policy} onChoose={setPolicy}>
              change none at all
            </Policy>
          </fieldset>
          {isGuarded && (
            <p className="text-muted">
              Before so many products are archived, their number is typed on the plan's page.
            </p>
          )}
          {failure && (
            <p role="alert" className="text-red">
              {failure}
            </p>
          )}
        </form>
      </DialogContent>
    </Dialog>
  );
}

function firstDraft(first: FirstDraft): Draft {
  if (first === "move") return newDraft({ field: "categoryId" });
  if (first === "status") return newDraft({ field: "status" });
  return first === "archive" ? newDraft({ field: "status", status: "archived" }) : newDraft({ deed: "percent" });
}

function freeField(taken: string[]): Draft["field"] {
  const usual = [
    "priceCents",
    "name",
    "brand",
    "status",
    "categoryId",
    "inventoryQuantity",
    "shortDescription",
  ] as const;
  return usual.find((field) => !taken.includes(field)) ?? "metafield";
}

type PolicyProps = { is: "skip" | "all"; now: string; onChoose: (policy: "skip" | "all") => void; children: string };

function Policy({ is, now, onChoose, children }: PolicyProps) {
  return (
    <label className="flex items-center gap-1.5">
      <input type="radio" name="policy" checked={now === is} onChange={() => onChoose(is)} />
      {children}
    </label>
  );
}
