"use client";

import { Mail, MailOpen } from "lucide-react";
import Link from "next/link";
import { useTransition } from "react";
import { markNotificationsAction } from "@/app/(dashboard)/notifications/actions";
import { useRefreshWork } from "@/components/frame/work-context";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/toast";
import type { NotificationRow } from "@/lib/notifications/queries";
import { NotificationLine } from "./notification-line";

/** Opening one reads it; the button puts it back among the unread, or reads it without going there. */
export function NotificationsList({ rows }: { rows: NotificationRow[] }) {
  const refreshWork = useRefreshWork();
  const [isPending, startTransition] = useTransition();

  function mark(id: string, isRead: boolean) {
    if (isPending) return;
    startTransition(async () => {
      const result = await answerOf(markNotificationsAction({ ids: [id], isRead }));
      if (!result.ok) return void showToast(result.error.message, { tone: "error" });
      refreshWork();
    });
  }

  return (
    <ul aria-label="Notifications" className="max-w-4xl divide-y divide-line-soft">
      {rows.map(({ readAt, ...row }) => {
        const isRead = readAt !== null;
        return (
          <li key={row.id} className="flex items-start gap-2 px-4 py-1.5 hover:bg-hover">
            <Link
              href={row.href}
              onClick={() => {
                if (!isRead) mark(row.id, true);
              }}
              className="min-w-0 flex-1 py-1"
            >
              <NotificationLine notification={{ ...row, isRead }} />
            </Link>
            <Button
              variant="ghost"
              size="icon-small"
              aria-label={`${isRead ? "Mark unread" : "Mark read"}: ${row.title}`}
              title={isRead ? "Mark unread" : "Mark read"}
              onClick={() => mark(row.id, !isRead)}
            >
              {isRead ? <Mail aria-hidden /> : <MailOpen aria-hidden />}
            </Button>
          </li>
        );
      })}
    </ul>
  );
}
