"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useState, useTransition } from "react";
import { mergeProductsAction, previewMergeAction } from "@/app/(dashboard)/reports/duplicates/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Checkbox } from "@/components/ui/input";
import type { IntentProps } from "@/components/ui/on-intent";
import { showToast } from "@/components/ui/toast";
import type { MergePreview } from "@/lib/duplicates/preview-merge";
import { formatPlural } from "@/lib/format";
import type { MergeChoice } from "./group-buttons";
import { MergePlan } from "./merge-plan";

type Props = IntentProps & { groupId: string; suggestedId: string | null; products: MergeChoice[] };

/** Which one stays, what goes into it, and what that does: nothing happens before it was seen. */
export function MergeDialog({ groupId, suggestedId, products, trigger, defaultOpen }: Props) {
  const router = useRouter();
  const [isOpen, setOpen] = useState<boolean>(defaultOpen);
  const [survivorId, setSurvivorId] = useState(suggestedId ?? products[0]?.id ?? "");
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [unfilled, setUnfilled] = useState<ReadonlySet<string>>(new Set());
  const [error, setError] = useState<string>();
  const [isPending, startTransition] = useTransition();
  const loserIds = products.map(({ id }) => id).filter((id) => id !== survivorId && !left.has(id));
  const { preview, failure } = useMergePreview(isOpen, groupId, survivorId, loserIds);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isPending || !preview) return;
    const fill = preview.fillable.map(({ field }) => field).filter((field) => !unfilled.has(field));
    startTransition(async () => {
      const input = { groupId, survivorId, loserIds, fill, versions: preview.versions };
      const result = await answerOf(mergeProductsAction(input));
      if (!result.ok) return setError(result.error.message);
      setOpen(false);
      const href = `/syncs/${result.data.number}`;
      await showToast(result.data.words, { action: { label: "Open the run", onClick: () => router.push(href) } });
    });
  }

  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent
        title="Merge into one product"
        description="Codes, pictures and feed rows go over to the one that stays; the others are archived and lead to it. The run can be undone."
        className="w-[min(40rem,calc(100vw-2rem))]"
        footer={
          <>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <Button
              type="submit"
              form={`merge-${groupId}`}
              variant="primary"
              aria-disabled={isPending || !preview || loserIds.length === 0}
            >
              {isPending ? "Merging…" : `Merge ${formatPlural(loserIds.length + 1, "product")}`}
            </Button>
          </>
        }
      >
        <form id={`merge-${groupId}`} onSubmit={submit} className="grid gap-4">
          <fieldset>
            <legend className="mb-1 text-xs font-medium text-muted">Which one stays</legend>
            {products.map(({ id, sku, name }) => (
              <div key={id} className="flex min-h-8 items-center gap-2 border-b border-line-soft py-1">
                <label className="flex min-w-0 flex-1 items-center gap-2">
                  <input
                    type="radio"
                    name={`survivor-${groupId}`}
                    checked={id === survivorId}
                    onChange={() => setSurvivorId(id)}
                  />
                  <span className="mono shrink-0">{sku}</span>
                  <span className="truncate text-muted">{name}</span>
                </label>
                {products.length > 2 && id !== survivorId && (
                  <label className="flex shrink-0 items-center gap-1.5 text-muted">
                    <Checkbox
                      checked={!left.has(id)}
                      onChange={() => setLeft(toggled(left, id))}
                      aria-label={`Merge ${sku} into it`}
                    />
                    merge
                  </label>
                )}
              </div>
            ))}
          </fieldset>
          {preview && (
            <MergePlan
              preview={preview}
              unfilled={unfilled}
              onToggle={(field) => setUnfilled((fields) => toggled(fields, field))}
            />
          )}
          {!preview && !failure && loserIds.length > 0 && (
            <p role="status" className="text-muted">
              Looking what goes over…
            </p>
          )}
          {loserIds.length === 0 && <p className="text-muted">Choose at least one product to merge into it.</p>}
          {(error ?? failure) && (
            <p role="alert" className="text-red">
              {error ?? failure}
            </p>
          )}
        </form>
      </DialogContent>
    </Dialog>
  );
}

function toggled(set: ReadonlySet<string>, one: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(one)) next.add(one);
  return next;
}

/** Asks the server what the choice comes to; an answer to an older choice is dropped. */
function useMergePreview(isOpen: boolean, groupId: string, survivorId: string, loserIds: string[]) {
  const wanted = `${survivorId} ${loserIds.join()}`;
  const [found, setFound] = useState<{ wanted: string; preview?: MergePreview; failure?: string }>();
  useEffect(() => {
    const [survivor = "", losers = ""] = wanted.split(" ");
    if (!isOpen || losers === "") return;
    let isOld = false;
    void previewMergeAction({ groupId, survivorId: survivor, loserIds: losers.split(",") }).then((result) => {
      if (!isOld) setFound(result.ok ? { wanted, preview: result.data } : { wanted, failure: result.error.message });
    });
    return () => {
      isOld = true;
    };
  }, [isOpen, groupId, wanted]);
  return found?.wanted === wanted ? found : { wanted };
}
