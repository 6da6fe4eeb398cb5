"use client";

import { useEffect, useState } from "react";
import { getRowToMendAction } from "@/app/(dashboard)/syncs/retry-actions";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import type { IntentProps } from "@/components/ui/on-intent";
import type { RowToMend } from "@/lib/sync/retry/mend-row";
import { MendForm } from "./mend-form";

type Props = IntentProps & { id: number; runId: string; place: string };

/** One refused row, to be corrected where it stands. */
export function MendDialog({ id, runId, place, trigger, defaultOpen }: Props) {
  const [isOpen, setOpen] = useState<boolean>(defaultOpen);
  const [row, setRow] = useState<RowToMend>();
  const [failure, setFailure] = useState<string>();

  useEffect(
    function fetchRow() {
      if (!isOpen) return;
      setRow(undefined);
      setFailure(undefined);
      void getRowToMendAction({ id }).then((result) => {
        if (result.ok) setRow(result.data);
        else setFailure(result.error.message);
      });
    },
    [isOpen, id],
  );

  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent
        title={`Mend ${place}`}
        description={row?.reason ?? "The row as it stands in the file."}
        className="w-[min(46rem,calc(100vw-2rem))]"
      >
        {failure && (
          <p role="alert" className="text-red">
            {failure}
          </p>
        )}
        {!row && !failure && <p className="text-muted">Reading the row…</p>}
        {row && <MendForm key={row.text} row={row} runId={runId} onDone={() => setOpen(false)} />}
      </DialogContent>
    </Dialog>
  );
}
