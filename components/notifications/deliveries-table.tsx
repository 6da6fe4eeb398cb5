"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { retryDeliveryAction } from "@/app/(dashboard)/admin/notifications/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { StatusDot } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { showToast } from "@/components/ui/toast";
import type { DeliveryRow } from "@/lib/notifications/channels/queries";

const TONES = { waiting: "blue", sent: "green", failed: "red" } as const;

/** What went out, or did not, newest first. */
export function DeliveriesTable({ deliveries }: { deliveries: DeliveryRow[] }) {
  return (
    <table className="ledger" aria-label="Deliveries">
      <colgroup>
        <col />
        <col style={{ width: "16%" }} />
        <col style={{ width: "40%" }} />
        <col style={{ width: "100px" }} />
        <col style={{ width: "90px" }} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">Notification</th>
          <th scope="col">Channel</th>
          <th scope="col">How it went</th>
          <th scope="col">From</th>
          <th scope="col">
            <span className="sr-only">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {deliveries.map((delivery) => (
          <tr key={delivery.id}>
            <td data-phone="title" title={delivery.notification.title}>
              <Link href={delivery.notification.href} className="hover:underline">
                {delivery.notification.title}
              </Link>
            </td>
            <td className="text-muted" data-phone="below-right">
              {delivery.channel.name}
            </td>
            <td data-phone="below" title={delivery.problem ?? undefined}>
              <StatusDot tone={TONES[delivery.status]}>
                {delivery.status}
                <Outcome delivery={delivery} />
              </StatusDot>
            </td>
            <td className="text-muted">
              <Time at={delivery.notification.createdAt} />
            </td>
            <td className="num" data-phone="right">
              {delivery.status === "failed" && <Retry id={delivery.id} title={delivery.notification.title} />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Outcome({ delivery: { status, problem, nextAt, attempts, sentAt } }: { delivery: DeliveryRow }) {
  if (status === "sent")
    return (
      sentAt && (
        <span className="text-muted">
          {" "}
          · <Time at={sentAt} />
        </span>
      )
    );
  if (!problem) return null;
  return (
    <span className="text-muted">
      {" "}
      · {problem}
      {status === "waiting" && (
        <>
          {" "}
          Tried {attempts === 1 ? "once" : `${attempts} times`}, again <Time at={nextAt} />.
        </>
      )}
    </span>
  );
}

function Retry({ id, title }: { id: number; title: string }) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  function retry() {
    if (isPending) return;
    startTransition(async () => {
      const result = await answerOf(retryDeliveryAction({ deliveryId: id }));
      if (!result.ok) return void showToast(result.error.message, { tone: "error" });
      router.refresh();
    });
  }
  return (
    <Button size="small" onClick={retry} aria-disabled={isPending} aria-label={`Try again: ${title}`}>
      Try again
    </Button>
  );
}
