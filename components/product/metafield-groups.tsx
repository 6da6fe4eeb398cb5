"use client";

import { X } from "lucide-react";
import { useTransition } from "react";
import {
  releaseMetafieldAction,
  removeMetafieldAction,
  setMetafieldAction,
} from "@/app/(dashboard)/products/[id]/actions";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/toast";
import type { RemovedMetafield } from "@/lib/catalog/get-product";
import { codecOf } from "@/lib/metafields/types";
import { useEditor } from "./editor";
import { type Line, metafieldKey } from "./lines";
import { Section } from "./product-sheet";
import { SourceBadge } from "./source-badge";
import { ValueLine } from "./value-line";

/** A product's metafields, by namespace. */
export function MetafieldGroups() {
  const { product, lines, canEdit } = useEditor();
  const namespaces = [...new Set([...product.metafields, ...product.removed].map(({ namespace }) => namespace))].sort();
  return namespaces.map((namespace) => {
    const metafields = product.metafields.filter((metafield) => metafield.namespace === namespace);
    return (
      <Section key={namespace} title="Metafields" note={`${namespace} · ${metafields.length}`}>
        {metafields.map((metafield) => {
          const line = lines.get(metafieldKey(metafield));
          return line && <ValueLine key={line.key} line={line} action={canEdit && <RemoveButton line={line} />} />;
        })}
        {product.removed
          .filter((removed) => removed.namespace === namespace)
          .map((removed) => (
            <RemovedLine key={removed.key} removed={removed} />
          ))}
      </Section>
    );
  });
}

function RemoveButton({ line }: { line: Line }) {
  const { product, dispatch } = useEditor();
  const [isRemoving, startRemoving] = useTransition();
  const { metafield, stored } = line;
  if (!metafield) return null;
  const target = { productId: product.id, namespace: metafield.namespace, key: metafield.key };
  const value = String(stored);

  async function putBack() {
    const result = await setMetafieldAction({ ...target, type: metafield?.type, from: null, to: value });
    if (result.ok) await showToast(`${line.label} is back.`);
    else await showToast(result.error.message, { tone: "error" });
  }
  function remove() {
    startRemoving(async () => {
      const result = await removeMetafieldAction({ ...target, from: value });
      if (!result.ok) {
        await showToast(result.error.message, { tone: "error" });
        return;
      }
      dispatch({ kind: "drop", key: line.key });
      await showToast(`Removed ${line.label}.`, {
        duration: 10_000,
        action: { label: "Undo", onClick: () => void putBack() },
      });
    });
  }
  return (
    <Button
      variant="ghost"
      size="icon-small"
      aria-label={`Remove ${line.label}`}
      title="Remove"
      disabled={isRemoving}
      onClick={remove}
      className="opacity-0 sm:absolute sm:-right-6 group-focus-within/line:opacity-100 group-hover/line:opacity-100 pointer-coarse:opacity-100"
    >
      <X aria-hidden />
    </Button>
  );
}

/** A feed still says it, a person took it away: it stays away until it is put back. */
function RemovedLine({ removed }: { removed: RemovedMetafield }) {
  const { product, canEdit } = useEditor();
  const [isReleasing, startReleasing] = useTransition();
  const { namespace, key, name, type, source } = removed;
  const said = source.kept?.feedValue;
  function release() {
    startReleasing(async () => {
      const result = await releaseMetafieldAction({ productId: product.id, namespace, key });
      if (result.ok) await showToast(`${name} is back.`);
      else await showToast(result.error.message, { tone: "error" });
    });
  }
  return (
    <div className="flex min-h-[34px] flex-wrap items-center gap-x-3 border-b border-line-soft text-muted">
      <span className="line-through">{name}</span>
      <span className="min-w-0 flex-1 truncate">
        removed{said == null ? "" : `; ${source.kept?.feed} says ${codecOf(type).display(String(said))}`}
      </span>
      <SourceBadge source={{ ...source, kept: null }} />
      {canEdit && (
        <Button size="small" variant="ghost" onClick={release} disabled={isReleasing}>
          Put back
        </Button>
      )}
    </div>
  );
}
