"use client";

import { useRouter } from "next/navigation";
import { previewRestoreAction, restoreProductAction } from "@/app/(dashboard)/products/[id]/history-actions";
import { RestoreFieldsDialog } from "@/components/diff/restore-fields-dialog";
import { answerOf } from "@/components/ui/answer-of";
import type { IntentProps } from "@/components/ui/on-intent";

type Props = IntentProps & {
  productId: string;
  /** ISO time */
  at: string;
};

/** A product's values of a time, beside today's; what is chosen becomes a new version. */
export function RestoreDialog({ productId: id, at, ...opened }: Props) {
  const router = useRouter();
  return (
    <RestoreFieldsDialog
      {...opened}
      title="Restore these values?"
      description="What is ticked becomes what it was then, as a new version that can be undone. The values are yours from now on: feeds do not change them."
      nothing="The product holds all of these values today."
      compare={async () => {
        const result = await answerOf(previewRestoreAction({ id, at }));
        return result.ok ? { ok: true, data: { lines: result.data } } : result;
      }}
      restore={async (chosen) => {
        const fields = chosen.map(({ field, seen }) => ({ field, seen }));
        const result = await answerOf(restoreProductAction({ id, at, fields }));
        if (!result.ok) return result;
        const { restored, run } = result.data;
        return { ok: true, data: { fields: restored, run: run?.number ?? null } };
      }}
      onRestored={() => router.push(`/products/${id}`)}
    />
  );
}
