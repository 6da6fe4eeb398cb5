import { useTickKeys } from "@/components/palette/use-tick-keys";

interface Answers {
  toggle: (id: number, isRange?: boolean) => void;
  approve: () => void;
  reject: () => void;
  clear: () => void;
}

/** J and K walk the rows that wait, X ticks one (Shift+X all since the last), A approves, R rejects, Escape unticks. */
export function useReviewKeys(answers: Answers) {
  useTickKeys((event) => actionOf(event, answers));
}

function actionOf(event: KeyboardEvent, answers: Answers): (() => void) | null {
  switch (event.key.toLowerCase()) {
    case "j":
      return () => walk(1);
    case "k":
      return () => walk(-1);
    case "x": {
      const tick = document.activeElement;
      const id = tick instanceof HTMLInputElement ? Number(tick.dataset.rowTick) : 0;
      return id ? () => answers.toggle(id, event.shiftKey) : null;
    }
    case "a":
      return answers.approve;
    case "r":
      return answers.reject;
    case "escape":
      return answers.clear;
    default:
      return null;
  }
}

function walk(step: 1 | -1) {
  const ticks = [...document.querySelectorAll<HTMLElement>("[data-row-tick]")];
  const at = ticks.indexOf(document.activeElement as HTMLElement);
  const next = ticks[at < 0 ? 0 : at + step];
  next?.focus();
  next?.closest("tr")?.scrollIntoView({ block: "nearest" });
}
