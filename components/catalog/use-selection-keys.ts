import { useTickKeys } from "@/components/palette/use-tick-keys";

interface Keys {
  toggle: (id: string, isRange?: boolean) => void;
  /** By letter; only asked while something is selected. */
  acts: Record<string, () => void>;
  isSelected: boolean;
}

/** X selects the row in focus (Shift+X all since the last); a letter does what the selection's bar names it for. */
export function useSelectionKeys(keys: Keys) {
  useTickKeys((event) => actionOf(event, keys));
}

function actionOf(event: KeyboardEvent, { toggle, acts, isSelected }: Keys): (() => void) | null {
  const key = event.key.toLowerCase();
  if (key === "x") {
    const tick = document.activeElement?.closest("tr")?.querySelector<HTMLElement>("[data-row-tick]");
    const id = tick?.dataset.rowTick;
    return id ? () => toggle(id, event.shiftKey) : null;
  }
  // The tree has letters of its own.
  const isElsewhere = document.activeElement?.closest("[role=tree]");
  return isSelected && !isElsewhere && !event.shiftKey ? (acts[key] ?? null) : null;
}
