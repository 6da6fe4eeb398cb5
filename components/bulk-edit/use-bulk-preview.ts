import { useEffect, useState } from "react";
import { previewBulkEditAction } from "@/app/(dashboard)/catalog/bulk-actions";
import type { PreviewRow } from "@/lib/bulk-edit/preview-bulk-edit";
import type { BulkEditProps } from "./bulk-edit-dialog";

/** Waits so long for the next letter, in milliseconds. */
const PAUSE_MS = 250;

interface Preview {
  /** Of which operations and products the answer speaks. */
  key: string;
  rows: PreviewRow[];
  failure: string | null;
}

/** What the operations would do to the first selected products, anew after each change; `operations` null: none yet. */
export function useBulkPreview(selection: BulkEditProps["selection"], operations: unknown[] | null) {
  const [answer, setAnswer] = useState<Preview | null>(null);
  const key = operations && JSON.stringify({ operations, selection });

  useEffect(
    function askServer() {
      if (key === null) return;
      let isCurrent = true;
      const asked = setTimeout(async () => {
        const result = await previewBulkEditAction(JSON.parse(key)).catch(() => null);
        if (!isCurrent) return;
        if (!result)
          setAnswer({ key, rows: [], failure: "The server can't be reached. Change something to try again." });
        else if (result.ok) setAnswer({ key, rows: result.data, failure: null });
        else setAnswer({ key, rows: [], failure: Object.values(result.error.fields ?? {})[0] ?? result.error.message });
      }, PAUSE_MS);
      return () => {
        isCurrent = false;
        clearTimeout(asked);
      };
    },
    [key],
  );

  return { answer: key === null ? null : answer, isStale: key !== null && answer?.key !== key };
}
