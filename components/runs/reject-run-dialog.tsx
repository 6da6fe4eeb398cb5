"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { rejectRunAction } from "@/app/(dashboard)/syncs/actions";
import type { IntentProps } from "@/components/ui/on-intent";
import { showToast } from "@/components/ui/toast";
import { formatPlural } from "@/lib/format";
import { RejectDialog } from "./reject-dialog";

type Props = IntentProps & { runId: string; changes: number; isDeletion: boolean };

/** Asks why all that waits in a run is turned down. */
export function RejectRunDialog({ runId, changes, isDeletion, trigger, defaultOpen }: Props) {
  const router = useRouter();
  const [isOpen, setOpen] = useState<boolean>(defaultOpen);
  const what = formatPlural(changes, isDeletion ? "deletion" : "change");
  return (
    <RejectDialog
      what={what}
      description={
        isDeletion
          ? "Nothing is deleted: the products stay archived, and the plan's backup goes."
          : "All that still waits in this run is turned down. The feed can be imported again at any time."
      }
      help="Kept with the run."
      verb="Reject all"
      trigger={trigger}
      isOpen={isOpen}
      onOpenChange={setOpen}
      reject={(reason) => rejectRunAction({ runId, reason })}
      onRejected={async () => {
        await showToast(`Rejected ${what}.`);
        router.refresh();
      }}
    />
  );
}
