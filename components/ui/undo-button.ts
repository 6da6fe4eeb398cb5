import type { Result } from "@/lib/action";
import { answerOf } from "./answer-of";
import { showToast } from "./toast";

/** A toast's Undo: the page shows what came back, a refusal is said. */
export function undoButton(undo: () => Promise<Result<unknown>>) {
  async function takeBack() {
    const result = await answerOf(undo());
    if (!result.ok) await showToast(result.error.message, { tone: "error" });
  }
  return { label: "Undo", onClick: () => void takeBack() };
}
