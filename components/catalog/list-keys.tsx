"use client";

import { useEffect } from "react";
import { isPlain, isTyping } from "@/components/palette/keyboard";

/** F opens the filters, V the views: the buttons that name these keys are pressed. */
export function ListKeys() {
  useEffect(function hearListKeys() {
    function press(event: KeyboardEvent) {
      if (!["f", "v"].includes(event.key) || !isPlain(event) || event.defaultPrevented || isTyping(event)) return;
      // The tree and the sheet have letters of their own.
      if (document.activeElement?.closest("[role=tree], [role=grid]")) return;
      const button = document.querySelector<HTMLElement>(`main [aria-keyshortcuts="${event.key.toUpperCase()}"]`);
      if (!button) return;
      event.preventDefault();
      button.click();
    }
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
  return null;
}
