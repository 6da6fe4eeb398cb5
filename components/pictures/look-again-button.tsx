"use client";

import { ScanSearch } from "lucide-react";
import { requestLookAlikesAction } from "@/app/(dashboard)/reports/images/actions";
import { RefreshAtEnd } from "@/components/live/refresh-at-end";
import { Button } from "@/components/ui/button";
import { usePictureJob } from "./use-picture-job";

/** Has the worker compare all pictures now. */
export function LookAgainButton({ isFirst = false }: { isFirst?: boolean }) {
  const { start, jobId, isBusy, ended } = usePictureJob(
    () => requestLookAlikesAction({}),
    "Looking for pictures that look alike",
  );
  return (
    <>
      <Button variant={isFirst ? "primary" : "default"} onClick={start} aria-disabled={isBusy}>
        <ScanSearch aria-hidden />
        {isBusy ? "Looking…" : isFirst ? "Look for them" : "Look again"}
      </Button>
      {jobId && <RefreshAtEnd jobId={jobId} onEnd={ended} />}
    </>
  );
}
