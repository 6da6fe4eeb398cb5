import { useEffect, useRef } from "react";
import { isPlain, isTyping } from "./keyboard";

/** Hears letters meant for a table's rows: not those typed into a field; a tick box, also that of the whole page, takes none. */
export function useTickKeys(actionOf: (event: KeyboardEvent) => (() => void) | null) {
  const latest = useRef(actionOf);
  useEffect(function keepLatest() {
    latest.current = actionOf;
  });

  useEffect(function hearTickKeys() {
    function press(event: KeyboardEvent) {
      const isTick = event.target instanceof HTMLInputElement && event.target.matches("table [type=checkbox]");
      if (!isPlain(event) || event.defaultPrevented || (isTyping(event) && !isTick)) return;
      const act = latest.current(event);
      if (!act) return;
      event.preventDefault();
      act();
    }
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}
