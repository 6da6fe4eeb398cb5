"use client";

import { useRouter } from "next/navigation";
import { previewCategoryVersionAction, restoreCategoryVersionAction } from "@/app/(dashboard)/categories/actions";
import { RestoreFieldsDialog } from "@/components/diff/restore-fields-dialog";
import { answerOf } from "@/components/ui/answer-of";
import type { IntentProps } from "@/components/ui/on-intent";

type Props = IntentProps & { id: string; change: number };

/** A category as it was behind a change, beside what it is. */
export function RestoreVersionDialog({ id, change, ...opened }: Props) {
  const router = useRouter();
  return (
    <RestoreFieldsDialog
      {...opened}
      title="Make it as it was then?"
      description="What is ticked becomes what it was behind this change, as a run that can be undone. Its order among its siblings stays."
      nothing="The category holds all of these values today."
      compare={() => previewCategoryVersionAction({ id, change })}
      restore={async (chosen, { version }) => {
        const fields = chosen.map(({ field }) => field);
        const result = await answerOf(restoreCategoryVersionAction({ id, change, version, fields }));
        return result.ok ? { ok: true, data: { fields: result.data.fields, run: result.data.number } } : result;
      }}
      onRestored={() => router.refresh()}
    />
  );
}
