"use client";

import { requestImagesFetchAction } from "@/app/(dashboard)/reports/images/actions";
import { RefreshAtEnd } from "@/components/live/refresh-at-end";
import { Button } from "@/components/ui/button";
import { usePictureJob } from "./use-picture-job";

/** Tries a product's pictures again. */
export function RetryButton({ productId, label }: { productId: string; label: string }) {
  const { start, jobId, isBusy, ended } = usePictureJob(
    () => requestImagesFetchAction({ kind: "product", id: productId }),
    `Trying ${label} again`,
  );
  return (
    <span className="above-link">
      <Button size="small" onClick={start} aria-disabled={isBusy} aria-label={`Try again: ${label}`}>
        {isBusy ? "Trying…" : "Try again"}
      </Button>
      {jobId && <RefreshAtEnd jobId={jobId} onEnd={ended} />}
    </span>
  );
}
