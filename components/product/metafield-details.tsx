"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { type FormEvent, useState, useTransition } from "react";
import { presentMetafieldAction } from "@/app/(dashboard)/products/[id]/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Checkbox, Textarea } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";
import type { IntentProps } from "@/components/ui/on-intent";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { showToast } from "@/components/ui/toast";
import { undoButton } from "@/components/ui/undo-button";
import type { MetafieldView } from "@/lib/catalog/get-product";
import { useEditor } from "./editor";

type Props = IntentProps & {
  metafield: MetafieldView;
  label: string;
  move: ((by: -1 | 1) => void) | null;
};

/** What is noted about a product's metafield, whether the shop shows it, and where it stands. */
export function MetafieldDetails({ metafield, label, move, trigger, defaultOpen }: Props) {
  const { product } = useEditor();
  const { namespace, key, note, isVisible } = metafield;
  const [isOpen, setOpen] = useState<boolean>(defaultOpen);
  const [draft, setDraft] = useState({ note, isVisible });
  const [error, setError] = useState<string>();
  const [isPending, startTransition] = useTransition();

  function open(next: boolean) {
    if (next) setDraft({ note, isVisible });
    setError(undefined);
    setOpen(next);
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    startTransition(async () => {
      const [from, to] = [{ note, isVisible }, draft];
      const name = { productId: product.id, namespace, key };
      const result = await answerOf(presentMetafieldAction({ ...name, from, to }));
      if (!result.ok) return setError(result.error.fields?.["to.note"] ?? result.error.message);
      setOpen(false);
      const undo = () => presentMetafieldAction({ ...name, from: to, to: from });
      await showToast(`Saved ${label}.`, { action: undoButton(undo) });
    });
  }
  const isChanged = draft.note.trim() !== note || draft.isVisible !== isVisible;

  return (
    <Popover open={isOpen} onOpenChange={open}>
      <PopoverTrigger asChild>{trigger}</PopoverTrigger>
      <PopoverContent aria-label={`Order, note and visibility of ${label}`} className="w-72 p-3">
        <form onSubmit={submit} className="grid gap-3">
          <p className="mono truncate text-xs text-muted">
            {namespace}.{key}
          </p>
          <Field label="Note" help="For colleagues; the shop does not show it." error={error}>
            {(control) => (
              <Textarea
                {...control}
                rows={2}
                value={draft.note}
                onChange={(event) => setDraft({ ...draft, note: event.target.value })}
              />
            )}
          </Field>
          <label className="flex items-center gap-2">
            <Checkbox
              checked={draft.isVisible}
              onChange={(event) => setDraft({ ...draft, isVisible: event.target.checked })}
            />
            Shown in the shop
          </label>
          <div className="flex flex-wrap items-center gap-1">
            {move && (
              <>
                <Button size="small" onClick={() => move(-1)}>
                  <ArrowUp aria-hidden />
                  Up
                </Button>
                <Button size="small" onClick={() => move(1)}>
                  <ArrowDown aria-hidden />
                  Down
                </Button>
                <Kbd>Alt ↑↓</Kbd>
              </>
            )}
            <Button type="submit" size="small" variant="primary" disabled={isPending || !isChanged} className="ml-auto">
              {isPending ? "Saving…" : "Save"}
            </Button>
          </div>
        </form>
      </PopoverContent>
    </Popover>
  );
}
