"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { mergeIconsAction } from "@/app/(dashboard)/icons/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent } from "@/components/ui/dialog";
import { Checkbox } from "@/components/ui/input";
import { showToast } from "@/components/ui/toast";
import { cn } from "@/lib/class-names";
import { formatPlural } from "@/lib/format";
import { IconPicture } from "./icon-picture";
import { iconState } from "./icon-state";
import { takeBack } from "./take-back";

export interface MergeableIcon {
  id: string;
  version: number;
  filename: string;
  /** The name of its category; null where it has none. */
  category: string | null;
  isShown: boolean;
  status: string;
  reviewState: string;
  fileMissing: boolean;
}

type Props = {
  /** Two at least; the first is kept unless the person says otherwise. */
  icons: readonly MergeableIcon[];
  onClose: () => void;
  onDone: () => void;
};

/** Asks which of some icons is kept, and which are put away for it. */
export function MergeIconsDialog({ icons, onClose, onDone }: Props) {
  const router = useRouter();
  const [keptId, setKeptId] = useState(icons.find(canBeKept)?.id ?? "");
  const [spared, setSpared] = useState<ReadonlySet<string>>(new Set());
  const [error, setError] = useState<string>();
  const [isPending, startTransition] = useTransition();
  const kept = icons.find(({ id }) => id === keptId);
  const others = icons.filter(({ id }) => id !== keptId && !spared.has(id));
  const places = others.flatMap(({ isShown, category }) => (isShown && category ? category : []));

  function submit() {
    if (isPending || !kept || others.length === 0) return;
    startTransition(async () => {
      const seen = ({ id, version }: MergeableIcon) => ({ id, version });
      const result = await answerOf(mergeIconsAction({ keep: seen(kept), others: others.map(seen) }));
      if (!result.ok) return setError(result.error.message);
      onDone();
      router.refresh();
      const { merged, icons: after } = result.data;
      await showToast(`Merged ${formatPlural(merged, "icon")} into ${kept.filename}`, {
        action: { label: "Undo", onClick: () => takeBack(after, router) },
      });
    });
  }

  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent
        title="Merge icons"
        description="One is kept. The others are put away as rejected, and a category that shows one of them shows the kept picture. It can be taken back."
        className="w-[min(40rem,calc(100vw-2rem))]"
        footer={
          <>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <Button variant="primary" aria-disabled={isPending || !kept || others.length === 0} onClick={submit}>
              {isPending ? "Merging…" : `Merge ${formatPlural(others.length, "icon")}`}
            </Button>
          </>
        }
      >
        <ul className="grid max-h-[50vh] grid-cols-[repeat(auto-fill,minmax(132px,1fr))] gap-2 overflow-y-auto p-0.5">
          {icons.map((icon) => {
            const isKept = icon.id === keptId;
            const name = `${icon.filename}${icon.category ? ` of ${icon.category}` : ""}`;
            return (
              <li
                key={icon.id}
                className={cn(
                  "grid content-start justify-items-center gap-1 rounded-md border p-2",
                  isKept && "border-accent-line bg-accent-soft",
                )}
              >
                <IconPicture icon={icon} size={64} alt="" />
                <span className="w-full truncate text-center text-xs font-medium" title={name}>
                  {icon.category ?? icon.filename}
                </span>
                <span className="w-full truncate text-center text-2xs text-muted" title={icon.filename}>
                  {icon.category ? icon.filename : "of no category"} · {iconState(icon).word.toLowerCase()}
                </span>
                <label className="flex items-center gap-1.5 text-xs">
                  <input
                    type="radio"
                    name="kept"
                    aria-label={`Keep ${name}`}
                    disabled={!canBeKept(icon)}
                    checked={isKept}
                    onChange={() => setKeptId(icon.id)}
                  />
                  Keep
                </label>
                <label className={cn("flex items-center gap-1.5 text-xs", isKept && "invisible")}>
                  <Checkbox
                    aria-label={`Put ${name} away`}
                    checked={!spared.has(icon.id)}
                    onChange={() =>
                      setSpared((now) => {
                        const next = new Set(now);
                        if (!next.delete(icon.id)) next.add(icon.id);
                        return next;
                      })
                    }
                  />
                  Put away
                </label>
              </li>
            );
          })}
        </ul>
        <p className="mt-3" aria-live="polite">
          {consequence(kept, others.length, places)}
        </p>
        {error && (
          <p role="alert" className="mt-2 text-red">
            {error}
          </p>
        )}
      </DialogContent>
    </Dialog>
  );
}

function canBeKept({ fileMissing, reviewState }: MergeableIcon) {
  return !fileMissing && reviewState !== "rejected";
}

function consequence(kept: MergeableIcon | undefined, others: number, places: string[]): string {
  if (!kept) return "None of them can be kept: approve one that has its file first.";
  if (others === 0) return "Tick at least one icon to be put away.";
  if (places.length === 0) return "No category shows another icon by it.";
  const shown = places.length > 3 ? formatPlural(places.length, "category", "categories") : listed(places);
  return `${shown} will show ${kept.filename}.`;
}

function listed(names: string[]) {
  const quoted = names.map((name) => `“${name}”`);
  const last = quoted.pop();
  return quoted.length === 0 ? (last ?? "") : `${quoted.join(", ")} and ${last}`;
}
