"use client";

import { CloudDownload } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { requestImagesFetchAction } from "@/app/(dashboard)/catalog/images/actions";
import { RefreshAtEnd } from "@/components/live/refresh-at-end";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/toast";
import { formatPlural } from "@/lib/format";
import type { PictureView } from "@/lib/images/picture-view";

/** Has the pictures fetched that are not here; the page shows them when they are. */
export function FetchPictures({ productId, images }: { productId: string; images: PictureView[] }) {
  const router = useRouter();
  const [jobId, setJobId] = useState<string>();
  const [isPending, startTransition] = useTransition();
  const missing = images.filter((image) => !image.hasFile && image.address !== null);
  if (missing.length === 0) return null;
  const isRetry = missing.every((image) => image.failure !== null);

  function start() {
    if (isPending) return;
    startTransition(async () => {
      const result = await requestImagesFetchAction({ kind: "product", id: productId });
      if (!result.ok) return void showToast(result.error.message, { tone: "error" });
      const asked = result.data.jobId;
      setJobId(asked);
      await showToast(`Fetching ${formatPlural(missing.length, "picture")}`, {
        action: { label: "Open the job", onClick: () => router.push(`/jobs/${asked}`) },
      });
    });
  }

  return (
    <div className="mt-1.5">
      <Button size="small" onClick={start} aria-disabled={isPending || jobId !== undefined}>
        <CloudDownload aria-hidden />
        {jobId ? "Fetching…" : `${isRetry ? "Try again" : "Fetch"}: ${formatPlural(missing.length, "picture")}`}
      </Button>
      {jobId && <RefreshAtEnd key={jobId} jobId={jobId} onEnd={() => setJobId(undefined)} />}
    </div>
  );
}
