import { useEffect, useRef } from "react";
import { isPlain, isTyping } from "@/components/palette/keyboard";

/** J and K move the focus from row to row; Enter is the link's own. Give the result to the table's body. */
export function useRowKeys() {
  const body = useRef<HTMLTableSectionElement>(null);

  useEffect(function hearRowKeys() {
    function press(event: KeyboardEvent) {
      if (!["j", "k"].includes(event.key) || !isPlain(event) || isTyping(event)) return;
      const links = [...(body.current?.querySelectorAll<HTMLElement>(".row-link") ?? [])];
      const focused = links.indexOf(document.activeElement as HTMLElement);
      // From outside the rows one goes on from the row that is open, where one is.
      const at = focused < 0 ? links.findIndex((link) => link.ariaCurrent) : focused;
      const next = links[event.key === "j" ? at + 1 : Math.max(0, at - 1)];
      if (!next) return;
      event.preventDefault();
      next.focus();
      next.closest("tr")?.scrollIntoView({ block: "nearest" });
    }
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);

  return body;
}
