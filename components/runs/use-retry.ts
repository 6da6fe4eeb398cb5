"use client";

import { useRouter } from "next/navigation";
import { retryRowsAction } from "@/app/(dashboard)/syncs/retry-actions";
import { useAction } from "@/components/account/use-action";
import { showToast } from "@/components/ui/toast";
import type { RetryWhich } from "@/lib/sync/retry/retry-request";

/** Starts the run that tries refused rows again and says where it is. */
export function useRetry(runId: string, onStarted: () => void) {
  const router = useRouter();
  const { submit, isPending, error } = useAction(retryRowsAction);
  function retry(which: RetryWhich, autoApprove: boolean) {
    submit({ runId, which, autoApprove }, ({ number }) => {
      onStarted();
      void showToast(`Run ${number} tries them again`, {
        action: { label: `Open run ${number}`, onClick: () => router.push(`/syncs/${number}`) },
      });
      router.refresh();
    });
  }
  return { retry, isPending, error };
}
