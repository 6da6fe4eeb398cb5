"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useState, useTransition } from "react";
import { previewRestoreAction, restoreProductAction } from "@/app/(dashboard)/products/[id]/history-actions";
import { ValueDiff } from "@/components/diff/value-diff";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Checkbox } from "@/components/ui/input";
import type { IntentProps } from "@/components/ui/on-intent";
import { showToast } from "@/components/ui/toast";
import type { RestorePreviewLine } from "@/lib/catalog/restore/restore-product";
import { formatPlural } from "@/lib/format";

type Props = IntentProps & {
  productId: string;
  /** ISO time */
  at: string;
};

/** Longer values are cut in the list, in characters. */
const LONGEST = 300;

/** Every field that held another value then, ticked; what is chosen becomes a new version. */
export function RestoreDialog({ productId, at, trigger, defaultOpen }: Props) {
  const router = useRouter();
  const [isOpen, setOpen] = useState<boolean>(defaultOpen);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [error, setError] = useState<string>();
  const [isPending, startTransition] = useTransition();
  const { lines, failure, load } = useRestorePreview(isOpen, productId, at);
  const possible = lines?.filter(({ refused }) => refused === null) ?? [];
  const chosen = possible.filter(({ field }) => !left.has(field));
  const isAll = chosen.length === possible.length;

  function toggle(field: string) {
    const next = new Set(left);
    if (!next.delete(field)) next.add(field);
    setLeft(next);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isPending || chosen.length === 0) return;
    startTransition(async () => {
      const fields = chosen.map(({ field, seen }) => ({ field, seen }));
      const result = await restoreProductAction({ id: productId, at, fields });
      if (!result.ok) {
        setError(result.error.message);
        return load();
      }
      setOpen(false);
      const { run, restored } = result.data;
      if (run) {
        await showToast(`${formatPlural(restored, "field")} restored`, {
          action: { label: "Open the run", onClick: () => router.push(`/syncs/${run.number}`) },
        });
      } else await showToast("They hold these values already: nothing to restore");
      router.push(`/products/${productId}`);
    });
  }

  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent
        title="Restore these values?"
        description="What is ticked becomes what it was then, as a new version that can be undone. The values are yours from now on: feeds do not change them."
        className="w-[min(42rem,calc(100vw-2rem))]"
        footer={
          <>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <Button
              type="submit"
              form="restore-product"
              variant="primary"
              aria-disabled={isPending || chosen.length === 0}
            >
              {isPending ? "Restoring…" : `Restore ${formatPlural(chosen.length, "field")}`}
            </Button>
          </>
        }
      >
        {(error ?? failure) && (
          <p role="alert" className="pb-2 text-red">
            {error ?? failure}
          </p>
        )}
        {!lines && !failure && (
          <p role="status" className="text-muted">
            Comparing…
          </p>
        )}
        {lines?.length === 0 && <p className="text-muted">The product holds all of these values today.</p>}
        <form id="restore-product" onSubmit={submit}>
          {possible.length > 1 && (
            <label className="flex items-center gap-2 border-b py-1.5 font-medium">
              <Checkbox
                checked={isAll}
                onChange={() => setLeft(isAll ? new Set(possible.map(({ field }) => field)) : new Set())}
              />
              The whole version
            </label>
          )}
          {lines?.map((line) => (
            <Line key={line.field} line={line} isChosen={!left.has(line.field)} onToggle={() => toggle(line.field)} />
          ))}
        </form>
      </DialogContent>
    </Dialog>
  );
}

type LineProps = { line: RestorePreviewLine; isChosen: boolean; onToggle: () => void };

function Line({ line, isChosen, onToggle }: LineProps) {
  const { label, now, past, refused } = line;
  return (
    <label className="grid grid-cols-[auto_8.5rem_minmax(0,1fr)] items-baseline gap-x-2 border-b border-line-soft py-1.5 max-sm:grid-cols-[auto_minmax(0,1fr)]">
      <Checkbox checked={isChosen && refused === null} disabled={refused !== null} onChange={onToggle} />
      <span className="break-words text-muted">{label}</span>
      <span className="min-w-0 max-sm:col-start-2">
        <ValueDiff before={cut(now)} after={cut(past)} label={label} />
        {refused && <span className="block text-xs text-amber">{refused}</span>}
      </span>
    </label>
  );
}

function cut(text: string | null) {
  return text !== null && text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** Asks the server what could be restored, when the dialog opens and whenever it is asked to. */
function useRestorePreview(isOpen: boolean, id: string, at: string) {
  const [turn, setTurn] = useState(0);
  const [found, setFound] = useState<{ lines?: RestorePreviewLine[]; failure?: string }>({});
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn asks again
  useEffect(() => {
    if (!isOpen) return;
    let isOld = false;
    void previewRestoreAction({ id, at }).then((result) => {
      if (!isOld) setFound(result.ok ? { lines: result.data } : { failure: result.error.message });
    });
    return () => {
      isOld = true;
    };
  }, [isOpen, id, at, turn]);
  return { ...found, load: () => setTurn((before) => before + 1) };
}
