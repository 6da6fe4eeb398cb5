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
        // Between two pages there is none for a moment; one of our own making would stay.
        const element = document.head.querySelector("title");
        const title = element?.textContent;
        if (!element || !title) return;
        const badged = badgedTitle(title, { unread, isCapped });
        if (badged !== title) element.textContent = badged;
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
