import { useEffect, useRef } from "react";
import { isPlain, isTyping } from "@/components/palette/keyboard";

interface Acts {
  tick: (id: string) => void;
  clear: () => void;
  /** Of the icon that has the focus; null: none has. */
  approve: (focusedId: string | null) => void;
  reject: (focusedId: string | null) => void;
}

/** J, K and the arrows move the focus from icon to icon, the letters act; Enter is the link's own. Give the result to the list. */
export function useGridKeys(acts: Acts) {
  const list = useRef<HTMLUListElement>(null);
  const latest = useRef(acts);
  useEffect(() => {
    latest.current = acts;
  });

  useEffect(function hearGridKeys() {
    function press(event: KeyboardEvent) {
      // A tick box is no place to write in.
      const isOnTick = event.target instanceof HTMLInputElement && event.target.type === "checkbox";
      if (!isPlain(event) || event.shiftKey || (isTyping(event) && !isOnTick)) return;
      const links = [...(list.current?.querySelectorAll<HTMLElement>(".icon-link") ?? [])];
      const item = document.activeElement?.closest("li");
      const at = links.findIndex((link) => link.closest("li") === item);
      const focusedId = links[at]?.dataset.icon ?? null;
      const act: Record<string, () => void> = {
        j: () => links[at + 1]?.focus(),
        k: () => links[Math.max(0, at - 1)]?.focus(),
        x: () => focusedId !== null && latest.current.tick(focusedId),
        a: () => latest.current.approve(focusedId),
        r: () => latest.current.reject(focusedId),
        escape: () => latest.current.clear(),
      };
      if (at >= 0) {
        act.arrowright = () => links[at + 1]?.focus();
        act.arrowleft = () => links[at - 1]?.focus();
        act.arrowdown = () => links[at + columnsOf(links)]?.focus();
        act.arrowup = () => links[at - columnsOf(links)]?.focus();
      }
      const wanted = act[event.key.toLowerCase()];
      if (!wanted) return;
      event.preventDefault();
      wanted();
    }
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);

  return list;
}

function columnsOf(links: HTMLElement[]) {
  const topOf = (link: HTMLElement | undefined) => link?.getBoundingClientRect().top ?? 0;
  const first = topOf(links[0]);
  const wrapped = links.findIndex((link) => topOf(link) > first + 4);
  return wrapped < 0 ? links.length : wrapped;
}
