"use client";

import { Bell as BellIcon } from "lucide-react";
import { useWork } from "@/components/frame/work-context";
import { buttonClass } from "@/components/ui/button";
import { OnIntent } from "@/components/ui/on-intent";
import { countWords } from "@/lib/notifications/page-title";
import { NewsToasts } from "./news-toasts";
import { TitleBadge } from "./title-badge";

const loadPanel = () => import("./bell-panel").then((module) => module.BellPanel);

/** What one is told of: its count in the bar and in the title, a toast when something comes, the list behind it. */
export function Bell() {
  const notifications = useWork()?.notifications ?? { unread: 0, isCapped: false };
  const count = countWords(notifications);
  return (
    <>
      <TitleBadge />
      <NewsToasts />
      <OnIntent load={loadPanel} opens="dialog">
        <button
          type="button"
          aria-label={notifications.unread > 0 ? `Notifications, ${count} unread` : "Notifications"}
          className={buttonClass({ variant: "ghost", size: "icon" }, "relative shrink-0")}
        >
          <BellIcon aria-hidden />
          {notifications.unread > 0 && (
            <span
              aria-hidden
              className="tabular absolute -top-0.5 -right-0.5 grid h-4 min-w-4 place-items-center rounded-full bg-accent px-1 text-2xs leading-none font-semibold text-accent-text"
            >
              {count}
            </span>
          )}
        </button>
      </OnIntent>
    </>
  );
}
