"use client";

import { X } from "lucide-react";
import { useTransition } from "react";
import { removeMetafieldAction, setMetafieldAction } from "@/app/(dashboard)/products/[id]/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/toast";
import { useEditor } from "./editor";
import type { Line } from "./lines";

/** Takes a metafield away, with Undo in the toast. */
export function RemoveButton({ line }: { line: Line }) {
  const { product, dispatch } = useEditor();
  const [isRemoving, startRemoving] = useTransition();
  const { metafield, stored } = line;
  if (!metafield) return null;
  const target = { productId: product.id, namespace: metafield.namespace, key: metafield.key };
  const value = String(stored);

  async function putBack() {
    const result = await answerOf(setMetafieldAction({ ...target, type: metafield?.type, from: null, to: value }));
    if (result.ok) await showToast(`${line.label} is back.`);
    else await showToast(result.error.message, { tone: "error" });
  }
  function remove() {
    startRemoving(async () => {
      const result = await answerOf(removeMetafieldAction({ ...target, from: value }));
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
