import { Time } from "@/components/ui/time";
import { cn } from "@/lib/class-names";

export interface ShownNotification {
  id: string;
  kind: string;
  title: string;
  body: string;
  href: string;
  isRead: boolean;
  createdAt: Date | string;
}

const TONES: Record<string, string> = {
  "job.completed": "bg-green",
  "run.review": "bg-amber",
  "proposal.answered": "bg-blue",
  "job.lost": "bg-amber",
};

/** What happened, when, and whether it was read: an unread one has a dot in the colour of its kind. */
export function NotificationLine({ notification }: { notification: ShownNotification }) {
  const { kind, title, body, isRead, createdAt } = notification;
  return (
    <span className="grid grid-cols-[8px_minmax(0,1fr)_auto] gap-x-2">
      <span className={cn("mt-[5px] size-2 rounded-full", isRead ? "bg-transparent" : (TONES[kind] ?? "bg-red"))}>
        {!isRead && <span className="sr-only">Unread</span>}
      </span>
      <span className={cn("break-words", isRead ? "text-muted" : "font-medium")}>{title}</span>
      <span className="text-xs whitespace-nowrap text-faint">
        <Time at={createdAt} />
      </span>
      {body && <span className="col-start-2 line-clamp-2 text-xs break-words text-muted">{body}</span>}
    </span>
  );
}
