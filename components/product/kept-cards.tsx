"use client";

import { useTransition } from "react";
import { releaseFieldAction, releaseMetafieldAction } from "@/app/(dashboard)/products/[id]/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Time } from "@/components/ui/time";
import { showToast } from "@/components/ui/toast";
import { isProductField } from "@/lib/catalog/product-fields";
import { type Card, ChoiceCards } from "./choice-cards";
import { useEditor } from "./editor";
import type { Line } from "./lines";

/** What the feed said, what a person keeps against it, what the feed says now. */
export function KeptCards({ line }: { line: Line }) {
  const { product, canManage } = useEditor();
  const [isReleasing, startReleasing] = useTransition();
  const { kept, who, at } = line.source;
  if (!kept) return null;
  function release() {
    startReleasing(async () => {
      const result = line.metafield
        ? await answerOf(releaseMetafieldAction({ productId: product.id, ...line.metafield }))
        : isProductField(line.key)
          ? await answerOf(releaseFieldAction({ id: product.id, field: line.key }))
          : null;
      if (!result) return;
      if (result.ok) await showToast(`${line.label} is the feed's again.`);
      else await showToast(result.error.message, { tone: "error" });
    });
  }
  const show = (value: string | number | boolean | null) => showSaid(line, value);
  const cards: Card[] = [
    { title: `${kept.feed} said`, value: show(kept.keptOver), choose: null },
    {
      title: (
        <span>
          Kept by {who}
          {at && (
            <>
              {", "}
              <Time at={at} format="short" />
            </>
          )}
        </span>
      ),
      value: line.show(line.stored),
      choose: null,
      isCurrent: true,
    },
    {
      title: `${kept.feed} says now${canManage ? " · use this" : ""}`,
      value: show(kept.feedValue),
      choose: canManage && !isReleasing ? release : null,
    },
  ];
  return <ChoiceCards label={`${line.label}: kept against the feed`} tone="kept" cards={cards} />;
}

function showSaid(line: Line, value: string | number | boolean | null) {
  return value === null ? "" : line.show(typeof value === "boolean" ? String(value) : value);
}
