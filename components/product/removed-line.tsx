"use client";

import { useTransition } from "react";
import { releaseMetafieldAction } from "@/app/(dashboard)/products/[id]/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/toast";
import type { RemovedMetafield } from "@/lib/catalog/get-product";
import { codecOf } from "@/lib/metafields/types";
import { useEditor } from "./editor";
import { SourceBadge } from "./source-badge";

/** A feed still says it, a person took it away: it stays away until it is put back. */
export function RemovedLine({ removed }: { removed: RemovedMetafield }) {
  const { product, canManage } = useEditor();
  const [isReleasing, startReleasing] = useTransition();
  const { namespace, key, name, type, source } = removed;
  const said = source.kept?.feedValue;
  function release() {
    startReleasing(async () => {
      const result = await answerOf(releaseMetafieldAction({ productId: product.id, namespace, key }));
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
      {canManage && (
        <Button size="small" variant="ghost" onClick={release} disabled={isReleasing}>
          Put back
        </Button>
      )}
    </div>
  );
}
