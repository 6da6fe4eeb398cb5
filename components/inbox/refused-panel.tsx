"use client";

import Link from "next/link";
import { dismissRejectionsAction } from "@/app/(dashboard)/inbox/actions";
import { Button, buttonClass } from "@/components/ui/button";
import { OnIntent } from "@/components/ui/on-intent";
import type { InboxItem } from "@/lib/inbox/get-inbox-item";
import { useAnswer } from "./answer-call";

type Props = { item: Extract<InboxItem, { kind: "refused" }>; mayAnswer: boolean };

/** A row as it was sent, and why it was refused. */
export function RefusedPanel({ item, mayAnswer }: Props) {
  const { send, isPending } = useAnswer();
  return (
    <>
      {item.column && (
        <p className="text-muted">
          Column <span className="mono">{item.column}</span>
        </p>
      )}
      {item.raw && (
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a place that scrolls must be reachable by keyboard
          tabIndex={0}
          className="mono scroller max-h-64 rounded-md border bg-panel px-3 py-2 text-xs [overflow-wrap:anywhere] whitespace-pre-wrap"
        >
          {item.raw}
        </pre>
      )}
      <p className="flex flex-wrap gap-2">
        <Link href={`/syncs/${item.place.run}?tab=rejected`} className={buttonClass({ variant: "primary" })}>
          Mend and try again
        </Link>
        {mayAnswer && (
          <OnIntent
            opens="dialog"
            load={() => import("./bulk-dialog").then((module) => module.BulkDialog)}
            props={{
              verb: "Set aside",
              title: "Set this row aside?",
              note: "Nobody is asked about it any more; its run still lists it.",
              count: 1,
              wantsReason: true,
              go: (reason: string) =>
                send(
                  () => dismissRejectionsAction({ ids: [item.rejectionId], reason }),
                  () => "Set aside.",
                ),
            }}
          >
            <Button aria-disabled={isPending}>Set aside</Button>
          </OnIntent>
        )}
      </p>
    </>
  );
}
