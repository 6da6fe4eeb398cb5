"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { requestSampleAction, takeListAction } from "@/app/(dashboard)/feeds/[id]/mapping/actions";
import { UploadZone } from "@/components/feeds/upload-zone";
import { useUploads } from "@/components/feeds/use-uploads";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/toast";

/** A source whose file the page can read by itself: upload one to map its columns by. */
export function UploadList({ sourceId }: { sourceId: string }) {
  const router = useRouter();
  const { items, add, remove } = useUploads();
  const [error, setError] = useState<string>();
  const taken = useRef(new Set<string>());
  useEffect(
    function keepWhatArrived() {
      for (const { key, state } of items) {
        if (state.is !== "done" || taken.current.has(key)) continue;
        taken.current.add(key);
        void takeListAction({ sourceId, uploadId: state.uploadId }).then((answer) => {
          if (answer.ok) {
            remove(key);
            router.refresh();
          } else setError(answer.error.message);
        });
      }
    },
    [items, sourceId, remove, router],
  );
  return <UploadZone items={items} onAdd={add} onRemove={remove} error={error} />;
}

/** A source whose tables only the worker can join. */
export function LookIntoFeed({ sourceId, again }: { sourceId: string; again: boolean }) {
  const router = useRouter();
  const [isAsked, setAsked] = useState(false);
  async function look() {
    const answer = await answerOf(requestSampleAction({ sourceId }));
    if (!answer.ok) return void showToast(answer.error.message, { tone: "error" });
    const { jobId } = answer.data;
    setAsked(true);
    void showToast("The worker looks into the last files", {
      action: { label: "Open", onClick: () => router.push(`/jobs/${jobId}`) },
    });
  }
  return (
    <span className="inline-flex items-center gap-2">
      <Button size={again ? "small" : "default"} onClick={look} disabled={isAsked}>
        {again ? "Look again" : "Look into the last files"}
      </Button>
      {isAsked && (
        <Button size={again ? "small" : "default"} onClick={() => router.refresh()}>
          Show what was found
        </Button>
      )}
    </span>
  );
}
