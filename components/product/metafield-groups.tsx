"use client";

import { Search } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { orderMetafieldsAction } from "@/app/(dashboard)/products/[id]/actions";
import { Input } from "@/components/ui/input";
import { showToast } from "@/components/ui/toast";
import { useDragOrder } from "@/components/ui/use-drag-order";
import type { MetafieldView } from "@/lib/catalog/get-product";
import { useEditor } from "./editor";
import { type Line, metafieldKey } from "./lines";
import { MetafieldHandle } from "./metafield-handle";
import { Section } from "./product-sheet";
import { RemoveButton } from "./remove-metafield";
import { RemovedLine } from "./removed-line";
import { useGrowingList } from "./use-growing-list";
import { ValueLine } from "./value-line";

/** With more than so many metafields one looks for one by typing. */
const FEW = 30;

/** A product's metafields, by namespace. */
export function MetafieldGroups() {
  const { product } = useEditor();
  const [words, setWords] = useState("");
  const namespaces = [...new Set([...product.metafields, ...product.removed].map(({ namespace }) => namespace))].sort();
  return (
    <>
      {product.metafields.length > FEW && (
        <div className="relative mt-5 max-w-80">
          <Search aria-hidden className="absolute top-1.5 left-2 size-4 text-faint" />
          <Input
            type="search"
            aria-label="Find in this product's metafields"
            placeholder={`Find in ${product.metafields.length} metafields`}
            className="pl-7"
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        </div>
      )}
      {namespaces.map((namespace) => (
        <Group key={namespace} namespace={namespace} words={words.trim().toLowerCase()} />
      ))}
    </>
  );
}

function Group({ namespace, words }: { namespace: string; words: string }) {
  const { product, lines, canEdit, state } = useEditor();
  const all = product.metafields.filter((metafield) => metafield.namespace === namespace);
  const found = words === "" ? all : all.filter((metafield) => holds(metafield, lines, words));
  const { count, sentinel } = useGrowingList(found.length);
  // What is typed or refused stays in sight, wherever it stands.
  const shown = found.filter((metafield, at) => at < count || metafieldKey(metafield) in state.drafts);
  const order = useOrder(namespace, all);
  const placeOf = (metafield: MetafieldView | undefined) => (metafield ? all.indexOf(metafield) : -1);
  const canOrder = canEdit && words === "" && all.length > 1;
  const list = useDragOrder<HTMLDivElement>(canOrder ? shown.map(({ key }) => key).join() : "", (from, to) =>
    order.move(placeOf(shown[from]), placeOf(shown[to])),
  );
  const removed = product.removed.filter((one) => one.namespace === namespace && words === "");
  if (shown.length + removed.length === 0) return null;
  return (
    <Section
      title="Metafields"
      note={`${namespace} · ${words === "" ? all.length : `${found.length} of ${all.length}`}`}
    >
      <div ref={list}>
        {shown.map((metafield) => {
          const line = lines.get(metafieldKey(metafield));
          if (!line) return null;
          const at = placeOf(metafield);
          return (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset lays its children out in its own way
            <div
              key={line.key}
              role="group"
              aria-label={`Metafield ${line.label}`}
              onKeyDown={(event) => canOrder && order.onKeyDown(event, at)}
              className="relative data-[drop=above]:shadow-[0_-2px_0_var(--color-accent)] data-[drop=below]:shadow-[0_2px_0_var(--color-accent)] data-dragged:opacity-50"
            >
              <ValueLine
                line={line}
                action={
                  canEdit && (
                    <>
                      <MetafieldHandle
                        metafield={metafield}
                        label={line.label}
                        move={canOrder ? (by) => order.move(at, at + by) : null}
                      />
                      <RemoveButton line={line} />
                    </>
                  )
                }
              />
            </div>
          );
        })}
      </div>
      {sentinel}
      {removed.map((one) => (
        <RemovedLine key={one.key} removed={one} />
      ))}
    </Section>
  );
}

function holds(metafield: MetafieldView, lines: Map<string, Line>, words: string) {
  const line = lines.get(metafieldKey(metafield));
  return `${metafield.name} ${metafield.key} ${line?.show(metafield.value) ?? ""}`.toLowerCase().includes(words);
}

/** Moves a metafield among those of its namespace: by dragging, by Alt and an arrow, or by the menu. */
function useOrder(namespace: string, all: MetafieldView[]) {
  const { product } = useEditor();
  const from = all.map(({ key }) => key);

  async function put(to: string[], seen: string[], isUndo = false) {
    const result = await orderMetafieldsAction({ productId: product.id, namespace, from: seen, to });
    if (!result.ok) await showToast(result.error.message, { tone: "error" });
    else if (!isUndo) {
      await showToast("Moved.", { action: { label: "Undo", onClick: () => void put(seen, to, true) } });
    }
  }
  function move(at: number, to: number) {
    const key = from[at];
    if (key === undefined || to < 0 || to >= from.length) return;
    const rest = from.filter((_, other) => other !== at);
    void put([...rest.slice(0, to), key, ...rest.slice(to)], from);
  }
  function onKeyDown(event: KeyboardEvent, at: number) {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    move(at, at + (event.key === "ArrowUp" ? -1 : 1));
  }
  return { move, onKeyDown };
}
