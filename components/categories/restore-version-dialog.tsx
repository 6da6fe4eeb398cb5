"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useState, useTransition } from "react";
import { previewCategoryVersionAction, restoreCategoryVersionAction } from "@/app/(dashboard)/categories/actions";
import { ValueDiff } from "@/components/diff/value-diff";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Checkbox } from "@/components/ui/input";
import type { IntentProps } from "@/components/ui/on-intent";
import { showToast } from "@/components/ui/toast";
import type { RestorableLine } from "@/lib/categories/restore-version";
import { formatPlural } from "@/lib/format";

type Props = IntentProps & { id: string; change: number };

/** Every field that was other then, ticked; what is chosen goes back as a run of its own. */
export function RestoreVersionDialog({ id, change, trigger, defaultOpen }: Props) {
  const router = useRouter();
  const [isOpen, setOpen] = useState<boolean>(defaultOpen);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [turn, setTurn] = useState(0);
  const [found, setFound] = useState<{ version: number; lines: RestorableLine[] }>();
  const [failure, setFailure] = useState<string>();
  const [isPending, startTransition] = useTransition();
  const possible = found?.lines.filter(({ refused }) => refused === null) ?? [];
  const chosen = possible.filter(({ field }) => !left.has(field));

  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn compares again
  useEffect(
    function compare() {
      if (!isOpen) return;
      let isOld = false;
      void previewCategoryVersionAction({ id, change }).then((result) => {
        if (isOld) return;
        if (result.ok) setFound(result.data);
        else setFailure(result.error.message);
      });
      return () => {
        isOld = true;
      };
    },
    [isOpen, id, change, turn],
  );

  function toggle(field: string) {
    const next = new Set(left);
    if (!next.delete(field)) next.add(field);
    setLeft(next);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!found || isPending || chosen.length === 0) return;
    startTransition(async () => {
      const fields = chosen.map(({ field }) => field);
      const result = await restoreCategoryVersionAction({ id, change, version: found.version, fields });
      if (!result.ok) {
        setFailure(result.error.message);
        return setTurn((before) => before + 1);
      }
      setOpen(false);
      const { number } = result.data;
      await showToast(`${formatPlural(result.data.fields, "field")} restored as run ${number}.`, {
        action: { label: "Open the run", onClick: () => router.push(`/syncs/${number}`) },
      });
      router.refresh();
    });
  }

  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent
        title="Make it as it was then?"
        description="What is ticked becomes what it was behind this change, as a run that can be undone. Its order among its siblings stays."
        className="w-[min(42rem,calc(100vw-2rem))]"
        footer={
          <>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <Button
              type="submit"
              form="restore-version"
              variant="primary"
              aria-disabled={isPending || chosen.length === 0}
            >
              {isPending ? "Restoring…" : `Restore ${formatPlural(chosen.length, "field")}`}
            </Button>
          </>
        }
      >
        {failure && (
          <p role="alert" className="pb-2 text-red">
            {failure}
          </p>
        )}
        {!found && !failure && (
          <p role="status" className="text-muted">
            Comparing…
          </p>
        )}
        {found?.lines.length === 0 && <p className="text-muted">The category holds all of these values today.</p>}
        <form id="restore-version" onSubmit={submit}>
          {found?.lines.map(({ field, label, now, past, refused }) => (
            <label
              key={field}
              className="grid grid-cols-[auto_8.5rem_minmax(0,1fr)] items-baseline gap-x-2 border-b border-line-soft py-1.5 max-sm:grid-cols-[auto_minmax(0,1fr)]"
            >
              <Checkbox
                checked={!left.has(field) && refused === null}
                disabled={refused !== null}
                onChange={() => toggle(field)}
              />
              <span className="break-words text-muted">{label}</span>
              <span className="min-w-0 max-sm:col-start-2">
                <ValueDiff before={now} after={past} label={label} />
                {refused && <span className="block text-xs text-amber">{refused}</span>}
              </span>
            </label>
          ))}
        </form>
      </DialogContent>
    </Dialog>
  );
}
