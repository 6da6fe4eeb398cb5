"use client";

import { Search } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { orderMetafieldsAction } from "@/app/(dashboard)/products/[id]/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Input } from "@/components/ui/input";
import { showToast } from "@/components/ui/toast";
import { useDragOrder } from "@/components/ui/use-drag-order";
import type { MetafieldView } from "@/lib/catalog/get-product";
import { useEditor } from "./editor";
import { LineScope } from "./line-scope";
import { type Line, metafieldKey } from "./lines";
import { MetafieldLine } from "./metafield-line";
import { Section } from "./product-sheet";
import { RemovedLine } from "./removed-line";
import { useGrowingList } from "./use-growing-list";

/** With more than so many metafields one looks for one by typing. */
const FEW = 30;
const NONE: MetafieldView[] = [];

/** A product's metafields, by namespace. */
export function MetafieldGroups() {
  const { product } = useEditor();
  const [words, setWords] = useState("");
  const byNamespace = useMemo(() => groupByNamespace(product.metafields), [product.metafields]);
  const namespaces = [...new Set([...byNamespace.keys(), ...product.removed.map(({ namespace }) => namespace)])].sort();
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
        <Group
          key={namespace}
          namespace={namespace}
          all={byNamespace.get(namespace) ?? NONE}
          words={words.trim().toLowerCase()}
        />
      ))}
    </>
  );
}

type GroupProps = { namespace: string; all: MetafieldView[]; words: string };

function Group({ namespace, all, words }: GroupProps) {
  const { product, lines, canManage, state } = useEditor();
  const found = words === "" ? all : all.filter((metafield) => holds(metafield, lines, words));
  const { count, sentinel } = useGrowingList(found.length);
  // What is typed or refused stays in sight, wherever it stands.
  const shown = found.filter((metafield, at) => at < count || metafieldKey(metafield) in state.drafts);
  const move = useMove(product.id, namespace, all);
  const placeOf = (metafield: MetafieldView | undefined) => (metafield ? all.indexOf(metafield) : -1);
  const canOrder = canManage && words === "" && all.length > 1;
  const list = useDragOrder<HTMLDivElement>(canOrder ? shown.map(({ key }) => key).join() : "", (from, to) =>
    move(placeOf(shown[from]), placeOf(shown[to])),
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
          return (
            <LineScope key={line.key} lineKey={line.key}>
              <MetafieldLine
                metafield={metafield}
                line={line}
                at={placeOf(metafield)}
                onMove={canOrder ? move : null}
              />
            </LineScope>
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

function groupByNamespace(metafields: MetafieldView[]) {
  const groups = new Map<string, MetafieldView[]>();
  for (const metafield of metafields) {
    const group = groups.get(metafield.namespace);
    if (group) group.push(metafield);
    else groups.set(metafield.namespace, [metafield]);
  }
  return groups;
}

function holds(metafield: MetafieldView, lines: Map<string, Line>, words: string) {
  const line = lines.get(metafieldKey(metafield));
  return `${metafield.name} ${metafield.key} ${line?.show(metafield.value) ?? ""}`.toLowerCase().includes(words);
}

/** Moves a metafield among those of its namespace, at once and with Undo; the same function until they change. */
function useMove(productId: string, namespace: string, all: MetafieldView[]) {
  return useCallback(
    (at: number, to: number) => {
      const from = all.map(({ key }) => key);
      const key = from[at];
      if (key === undefined || to < 0 || to >= from.length) return;
      const rest = from.filter((_, other) => other !== at);
      void putInOrder({ productId, namespace, from, to: [...rest.slice(0, to), key, ...rest.slice(to)] });
    },
    [productId, namespace, all],
  );
}

async function putInOrder(order: Parameters<typeof orderMetafieldsAction>[0], isUndo = false) {
  const result = await answerOf(orderMetafieldsAction(order));
  if (!result.ok) await showToast(result.error.message, { tone: "error" });
  else if (!isUndo) {
    const back = { ...order, from: order.to, to: order.from };
    await showToast("Moved.", { action: { label: "Undo", onClick: () => void putInOrder(back, true) } });
  }
}
