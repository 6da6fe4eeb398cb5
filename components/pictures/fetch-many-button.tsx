"use client";

import { CloudDownload, RotateCcw } from "lucide-react";
import { requestImagesFetchAction } from "@/app/(dashboard)/reports/images/actions";
import { RefreshAtEnd } from "@/components/live/refresh-at-end";
import { Button } from "@/components/ui/button";
import { formatCount, formatPlural } from "@/lib/format";
import { usePictureJob } from "./use-picture-job";

type Props = { kind: "missing" | "broken"; count: number };

/** Has all pictures fetched that nobody tried yet, or all that failed tried again. */
export function FetchManyButton({ kind, count }: Props) {
  const { start, jobId, isBusy, ended } = usePictureJob(
    () => requestImagesFetchAction({ kind }),
    `Fetching ${formatPlural(count, "picture")}`,
  );
  const isFirst = kind === "missing";
  return (
    <>
      <Button variant={isFirst ? "primary" : "default"} onClick={start} aria-disabled={isBusy}>
        {isFirst ? <CloudDownload aria-hidden /> : <RotateCcw aria-hidden />}
        {isBusy ? "Fetching…" : isFirst ? `Fetch ${formatCount(count)}` : `Try ${formatCount(count)} again`}
      </Button>
      {jobId && <RefreshAtEnd jobId={jobId} onEnd={ended} />}
    </>
  );
}
