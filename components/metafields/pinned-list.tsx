"use client";

import { ChevronDown, ChevronUp, GripVertical, PinOff } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { orderPinnedAction } from "@/app/(dashboard)/metafields/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/toast";
import { useDragOrder } from "@/components/ui/use-drag-order";
import type { RegistryRow } from "@/lib/metafields/definitions/queries";
import { codecOf } from "@/lib/metafields/types";

/** The pinned definitions in their order, moved by dragging or by the buttons at their end. */
export function PinnedList({ rows }: { rows: RegistryRow[] }) {
  const router = useRouter();
  const stored = rows.map(({ id }) => id);
  const [order, setOrder] = useState(stored);
  const [isPending, startTransition] = useTransition();
  const byId = new Map(rows.map((row) => [row.id, row]));

  function put(to: string[], from = order) {
    setOrder(to);
    startTransition(async () => {
      const result = await answerOf(orderPinnedAction({ from, to }));
      if (!result.ok) {
        setOrder(from);
        await showToast(result.error.message, { tone: "error" });
      }
      router.refresh();
    });
  }
  function move(at: number, to: number) {
    const [id, ...rest] = [order[at], ...order.filter((_, other) => other !== at)];
    if (id === undefined || to < 0 || to >= order.length) return;
    put([...rest.slice(0, to), id, ...rest.slice(to)] as string[]); // `id` is one of the texts
  }
  const list = useDragOrder<HTMLOListElement>([...order].sort().join(), move);

  return (
    <ol ref={list} aria-label="Pinned definitions, in order" aria-busy={isPending} className="border-t bg-panel">
      {order.map((id, at) => {
        const row = byId.get(id);
        if (!row) return null;
        const name = row.name || row.key;
        return (
          <li
            key={id}
            className="relative flex min-h-9 items-center gap-3 border-b px-4 data-[drop=above]:border-t-2 data-[drop=above]:border-t-accent data-[drop=below]:border-b-2 data-[drop=below]:border-b-accent data-dragged:opacity-50"
          >
            <GripVertical aria-hidden className="size-4 shrink-0 cursor-grab text-faint" />
            <span className="tabular w-5 text-right text-faint">{at + 1}</span>
            <Link href={`/metafields/${id}`} className="min-w-0 truncate font-medium hover:underline">
              {name}
            </Link>
            <span className="mono truncate text-muted max-sm:hidden">
              {row.namespace}.{row.key}
            </span>
            <span className="text-xs text-faint max-sm:hidden">{codecOf(row.type).label}</span>
            <span className="ml-auto flex gap-1">
              <Button
                size="icon-small"
                variant="ghost"
                aria-label={`Move ${name} up`}
                disabled={at === 0}
                onClick={() => move(at, at - 1)}
              >
                <ChevronUp aria-hidden />
              </Button>
              <Button
                size="icon-small"
                variant="ghost"
                aria-label={`Move ${name} down`}
                disabled={at === order.length - 1}
                onClick={() => move(at, at + 1)}
              >
                <ChevronDown aria-hidden />
              </Button>
              <Button
                size="icon-small"
                variant="ghost"
                aria-label={`Unpin ${name}`}
                onClick={() => put(order.filter((one) => one !== id))}
              >
                <PinOff aria-hidden />
              </Button>
            </span>
          </li>
        );
      })}
    </ol>
  );
}
