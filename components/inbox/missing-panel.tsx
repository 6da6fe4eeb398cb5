"use client";

import Link from "next/link";
import { answerMissingAction } from "@/app/(dashboard)/inbox/actions";
import { Button } from "@/components/ui/button";
import type { InboxItem } from "@/lib/inbox/get-inbox-item";
import { useAnswer } from "./answer-call";

type Props = { item: Extract<InboxItem, { kind: "missing" }>; mayAnswer: boolean };

/** A product that its source has dropped: gone for good, or kept. */
export function MissingPanel({ item, mayAnswer }: Props) {
  const { send, isPending } = useAnswer();
  const { product } = item;
  const answer = (what: "archive" | "keep") =>
    send(
      () => answerMissingAction({ changeIds: [item.changeId], answer: what }),
      () =>
        what === "archive"
          ? `${product.sku} is archived.`
          : `${product.sku} stays. Nobody is asked again until it has come back.`,
    );
  return (
    <>
      <p className="flex items-baseline gap-2">
        <span className="mono text-xs text-muted">{product.sku}</span>
        <Link href={`/products/${product.id}`} className="text-accent hover:underline">
          Open the product
        </Link>
      </p>
      <p>{item.reason}</p>
      {item.otherSources.length > 0 && (
        <p className="text-muted">Still listed by {[...new Set(item.otherSources)].join(", ")}.</p>
      )}
      {mayAnswer && (
        <p className="flex flex-wrap gap-2">
          <Button aria-disabled={isPending} onClick={() => answer("keep")}>
            Keep it
          </Button>
          <Button aria-disabled={isPending} onClick={() => answer("archive")}>
            Archive it
          </Button>
        </p>
      )}
    </>
  );
}
