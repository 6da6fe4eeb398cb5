"use client";

import { usePathname, useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useRef } from "react";
import { useWork } from "@/components/frame/work-context";
import { showToast } from "@/components/ui/toast";

/** What is no failure. */
const GLAD = new Set(["job.completed", "run.review", "proposal.answered"]);

/** Says at once in the open page what one is told of while it is open; what was there before waits under the bell. */
export function NewsToasts() {
  const router = useRouter();
  const pathname = usePathname();
  const notifications = useWork()?.notifications;
  // Ids of version 7 rise with time: what is larger came later.
  const seen = useRef<string | null>(null);
  const tell = useEffectEvent((news: { id: string; kind: string; title: string; href: string }[]) => {
    const newest = [seen.current ?? "", ...news.map(({ id }) => id)].toSorted().at(-1) ?? "";
    const before = seen.current;
    seen.current = newest;
    if (before === null) return;
    for (const { id, kind, title, href } of news.toReversed()) {
      // Its own page says it already, and the toast would lie over that page's buttons.
      if (id <= before || href.split("?")[0] === pathname) continue;
      void showToast(title, {
        id,
        tone: GLAD.has(kind) ? undefined : "error",
        action: { label: "Open", onClick: () => router.push(href) },
      });
    }
  });
  useEffect(
    function tellWhatIsNew() {
      if (notifications) tell(notifications.newest);
    },
    [notifications],
  );
  return null;
}
