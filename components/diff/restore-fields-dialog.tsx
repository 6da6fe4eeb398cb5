"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useEffectEvent, useId, useState, useTransition } from "react";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Checkbox } from "@/components/ui/input";
import type { IntentProps } from "@/components/ui/on-intent";
import { showToast } from "@/components/ui/toast";
import type { Result } from "@/lib/action";
import { formatPlural } from "@/lib/format";
import { ValueDiff } from "./value-diff";

/** A field that was other then, in words. */
type RestorableField = {
  field: string;
  label: string;
  now: string | null;
  past: string | null;
  /** Why it can't go back; null where it can. */
  refused: string | null;
};

type Props<Found extends { lines: RestorableField[] }> = IntentProps & {
  title: string;
  description: string;
  /** Said where nothing differs. */
  nothing: string;
  compare: () => Promise<Result<Found>>;
  /** `run` is null where the fields held these values by then. */
  restore: (chosen: Found["lines"], found: Found) => Promise<Result<{ fields: number; run: number | null }>>;
  onRestored: () => void;
};

/** Every field that held another value then, ticked; what is chosen goes back as a run of its own. */
export function RestoreFieldsDialog<Found extends { lines: RestorableField[] }>({
  trigger,
  defaultOpen,
  title,
  description,
  nothing,
  compare,
  restore,
  onRestored,
}: Props<Found>) {
  const router = useRouter();
  const formId = useId();
  const [isOpen, setOpen] = useState<boolean>(defaultOpen);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [found, setFound] = useState<Found>();
  const [failure, setFailure] = useState<string>();
  const [isPending, startTransition] = useTransition();
  const lines: Found["lines"] = found?.lines ?? [];
  const possible = lines.filter(({ refused }) => refused === null);
  const chosen = possible.filter(({ field }) => !left.has(field));
  const isAll = chosen.length === possible.length;

  async function compareAnew() {
    const result = await answerOf(compare());
    if (result.ok) setFound(result.data);
    else setFailure(result.error.message);
  }

  const compareNow = useEffectEvent(() => {
    setFailure(undefined);
    void compareAnew();
  });
  useEffect(
    function compareWhenOpened() {
      if (isOpen) compareNow();
    },
    [isOpen],
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
      const result = await answerOf(restore(chosen, found));
      if (!result.ok) {
        setFailure(result.error.message);
        return compareAnew();
      }
      setOpen(false);
      const { fields, run } = result.data;
      if (run === null) await showToast("They hold these values already: nothing to restore");
      else {
        await showToast(`${formatPlural(fields, "field")} restored`, {
          action: { label: "Open the run", onClick: () => router.push(`/syncs/${run}`) },
        });
      }
      onRestored();
    });
  }

  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent
        title={title}
        description={description}
        className="w-[min(42rem,calc(100vw-2rem))]"
        footer={
          <>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <Button type="submit" form={formId} variant="primary" aria-disabled={isPending || chosen.length === 0}>
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
        {found && lines.length === 0 && <p className="text-muted">{nothing}</p>}
        <form id={formId} onSubmit={submit}>
          {possible.length > 1 && (
            <label className="flex items-center gap-2 border-b py-1.5 font-medium">
              <Checkbox
                checked={isAll}
                onChange={() => setLeft(isAll ? new Set(possible.map(({ field }) => field)) : new Set())}
              />
              The whole version
            </label>
          )}
          {lines.map((line) => (
            <Line key={line.field} line={line} isChosen={!left.has(line.field)} onToggle={() => toggle(line.field)} />
          ))}
        </form>
      </DialogContent>
    </Dialog>
  );
}

/** Longer values are cut in the list, in characters. */
const LONGEST = 300;

type LineProps = { line: RestorableField; isChosen: boolean; onToggle: () => void };

function Line({ line: { label, now, past, refused }, isChosen, onToggle }: LineProps) {
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
