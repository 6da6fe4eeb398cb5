"use client";

import { CloudDownload } from "lucide-react";
import { requestImagesFetchAction } from "@/app/(dashboard)/reports/images/actions";
import { RefreshAtEnd } from "@/components/live/refresh-at-end";
import { usePictureJob } from "@/components/pictures/use-picture-job";
import { Button } from "@/components/ui/button";
import { formatPlural } from "@/lib/format";
import type { PictureView } from "@/lib/images/picture-view";

/** Has the pictures fetched that are not here; the page shows them when they are. */
export function FetchPictures({ productId, images }: { productId: string; images: PictureView[] }) {
  const missing = images.filter((image) => !image.hasFile && image.address !== null);
  const words = formatPlural(missing.length, "picture");
  const { start, jobId, isBusy, ended } = usePictureJob(
    () => requestImagesFetchAction({ kind: "product", id: productId }),
    `Fetching ${words}`,
  );
  if (missing.length === 0) return null;
  const isRetry = missing.every((image) => image.failure !== null);
  return (
    <div className="mt-1.5">
      <Button size="small" onClick={start} aria-disabled={isBusy}>
        <CloudDownload aria-hidden />
        {isBusy ? "Fetching…" : `${isRetry ? "Try again" : "Fetch"}: ${words}`}
      </Button>
      {jobId && <RefreshAtEnd jobId={jobId} onEnd={ended} />}
    </div>
  );
}
