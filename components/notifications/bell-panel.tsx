"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect, useState, useTransition } from "react";
import { markAllNotificationsAction, markNotificationsAction } from "@/app/(dashboard)/notifications/actions";
import { useRefreshWork } from "@/components/frame/work-context";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import type { IntentProps } from "@/components/ui/on-intent";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { showToast } from "@/components/ui/toast";
import { NotificationLine, type ShownNotification } from "./notification-line";

/** The latest notifications, under the bell. */
export function BellPanel({ trigger }: IntentProps) {
  const [isOpen, setOpen] = useState(true);
  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <PopoverTrigger asChild>{trigger}</PopoverTrigger>
      <PopoverContent align="end" aria-label="Notifications" className="w-[min(26rem,calc(100vw-1rem))] p-0">
        <Latest onClose={() => setOpen(false)} />
      </PopoverContent>
    </Popover>
  );
}

function Latest({ onClose }: { onClose: () => void }) {
  const router = useRouter();
  const refreshWork = useRefreshWork();
  const [rows, setRows] = useState<ShownNotification[] | "failed">();
  const [, startTransition] = useTransition();

  useEffect(function askForTheLatest() {
    const leave = new AbortController();
    fetch("/api/notifications?per_page=12", { signal: leave.signal })
      .then(async (answer) => setRows(answer.ok ? (await answer.json()).data.map(shownOf) : "failed"))
      .catch(() => {
        if (!leave.signal.aborted) setRows("failed");
      });
    return () => leave.abort();
  }, []);

  function open({ id, href, isRead }: ShownNotification) {
    onClose();
    startTransition(async () => {
      if (!isRead) await answerOf(markNotificationsAction({ ids: [id], isRead: true }));
      router.push(href);
      refreshWork();
    });
  }

  function readAll() {
    const [newest] = Array.isArray(rows) ? rows : [];
    if (!newest || !Array.isArray(rows)) return;
    startTransition(async () => {
      const result = await answerOf(markAllNotificationsAction({ upTo: newest.id }));
      if (!result.ok) return void showToast(result.error.message, { tone: "error" });
      setRows(rows.map((row) => ({ ...row, isRead: true })));
      refreshWork();
    });
  }

  return (
    <>
      <div className="flex h-9 items-center gap-2 border-b px-3">
        <h2 className="font-semibold">Notifications</h2>
        {Array.isArray(rows) && rows.some((row) => !row.isRead) && (
          <Button variant="ghost" size="small" className="ml-auto" onClick={readAll}>
            Mark all read
          </Button>
        )}
      </div>
      {rows === undefined && <p className="px-3 py-6 text-center text-muted">Loading…</p>}
      {rows === "failed" && (
        <p role="alert" className="px-3 py-6 text-center text-red">
          They could not be loaded. Close this and open it again.
        </p>
      )}
      {Array.isArray(rows) && rows.length === 0 && (
        <p className="px-3 py-6 text-center text-muted">
          Nothing yet. You are told here when a job of yours ends, or something needs you.
        </p>
      )}
      {Array.isArray(rows) && rows.length > 0 && (
        <ul className="scroller max-h-[min(24rem,60vh)] divide-y divide-line-soft">
          {rows.map((row) => (
            <li key={row.id}>
              <button
                type="button"
                onClick={() => open(row)}
                className="block w-full px-3 py-2 text-left hover:bg-hover focus-visible:bg-hover"
              >
                <NotificationLine notification={row} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="flex h-9 items-center justify-between border-t px-3 text-xs">
        <Link href="/notifications" onClick={onClose} className="text-accent hover:underline">
          All notifications
        </Link>
        <Link href="/account#notifications" onClick={onClose} className="text-muted hover:text-text hover:underline">
          What I am told of
        </Link>
      </div>
    </>
  );
}

function shownOf(row: {
  id: string;
  kind: string;
  title: string;
  body: string;
  href: string;
  is_read: boolean;
  created_at: string;
}) {
  return { ...row, isRead: row.is_read, createdAt: row.created_at };
}
