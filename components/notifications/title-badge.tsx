"use client";

import { useEffect } from "react";
import { useWork } from "@/components/frame/work-context";
import { badgedTitle } from "@/lib/notifications/page-title";

/** The count of unread notifications before the page's title, whichever page it is. */
export function TitleBadge() {
  const { unread = 0, isCapped = false } = useWork()?.notifications ?? {};
  useEffect(
    function keepItInTheTitle() {
      const write = () => {
        const title = badgedTitle(document.title, { unread, isCapped });
        if (title !== document.title) document.title = title;
      };
      write();
      // Another page brings another title.
      const observer = new MutationObserver(write);
      observer.observe(document.head, { childList: true, subtree: true, characterData: true });
      return () => observer.disconnect();
    },
    [unread, isCapped],
  );
  return null;
}
