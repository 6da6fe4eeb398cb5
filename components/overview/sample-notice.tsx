"use client";

import { Button } from "@/components/ui/button";
import { type IntentProps, OnIntent } from "@/components/ui/on-intent";
import { formatCount, formatPlural } from "@/lib/format";

type Props = { products: number; runs: number; mayRemove: boolean };

/** Says that the shop is a made-up one, and how to begin with one's own. */
export function SampleNotice({ products, runs, mayRemove }: Props) {
  async function loadDialog() {
    const { RemoveSampleDialog } = await import("./remove-sample-dialog");
    return (props: IntentProps) => <RemoveSampleDialog products={products} runs={runs} {...props} />;
  }
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-y bg-accent-soft px-4 py-2">
      <p className="min-w-0 flex-1 basis-72">
        This is the sample shop: {formatCount(products)} made-up products from {formatPlural(runs, "run")}. Try
        anything; nothing leaves this machine.
      </p>
      {mayRemove && (
        <OnIntent load={loadDialog} opens="dialog">
          <Button>Start with my own data</Button>
        </OnIntent>
      )}
    </div>
  );
}
