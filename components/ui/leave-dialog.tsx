"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";

// Few leave with something unsaved: a page carries no dialog for them.
const LeaveQuestion = dynamic(() => import("./leave-question").then((module) => module.LeaveQuestion), {
  loading: () => null,
});

type Props = {
  isDirty: boolean;
  /** Whether it went through. */
  save: () => Promise<boolean>;
  discard: () => void;
};

/** Asks before unsaved changes are left behind: by a link, by going back, by closing the tab. */
export function LeaveDialog({ isDirty, save, discard }: Props) {
  const router = useRouter();
  const [destination, setDestination] = useState<string | null>(null);

  useEffect(
    function holdLinksAndTab() {
      if (!isDirty) return;
      function onClick(event: MouseEvent) {
        const href = leavingLink(event);
        if (!href) return;
        event.preventDefault();
        event.stopPropagation();
        setDestination(href);
      }
      function onBeforeUnload(event: BeforeUnloadEvent) {
        event.preventDefault();
      }
      document.addEventListener("click", onClick, { capture: true });
      window.addEventListener("beforeunload", onBeforeUnload);
      const release = holdHistory(setDestination);
      return () => {
        document.removeEventListener("click", onClick, { capture: true });
        window.removeEventListener("beforeunload", onBeforeUnload);
        release();
      };
    },
    [isDirty],
  );

  function leave() {
    if (destination) router.push(destination);
    setDestination(null);
  }
  if (destination === null) return null;
  return (
    <LeaveQuestion
      stay={() => setDestination(null)}
      discard={() => {
        discard();
        leave();
      }}
      save={async () => {
        if (await save()) leave();
        else setDestination(null);
      }}
    />
  );
}

/** The address a plain click leads to, when that is another page of ours. */
function leavingLink(event: MouseEvent): string | null {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return null;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link || link.target === "_blank" || link.hasAttribute("download")) return null;
  const url = new URL(link.href);
  const isElsewhere = url.origin === window.location.origin && url.pathname !== window.location.pathname;
  return isElsewhere ? `${url.pathname}${url.search}` : null;
}

type Navigate = Event & { navigationType: string; destination: { url: string } };

/** Holds back and forward in browsers that let a page do so; elsewhere what was typed is there on return. */
function holdHistory(ask: (destination: string) => void): () => void {
  const navigation: EventTarget | undefined = Reflect.get(window, "navigation");
  if (!navigation) return () => undefined;
  function onNavigate(event: Event) {
    const { navigationType, destination } = event as Navigate; // the one kind of event of this name
    if (navigationType !== "traverse" || !event.cancelable) return;
    const url = new URL(destination.url);
    if (url.pathname === window.location.pathname) return;
    event.preventDefault();
    ask(`${url.pathname}${url.search}`);
  }
  navigation.addEventListener("navigate", onNavigate);
  return () => navigation.removeEventListener("navigate", onNavigate);
}
