import { takeBackAction } from "@/app/(dashboard)/icons/actions";
import { answerOf } from "@/components/ui/answer-of";
import { showToast } from "@/components/ui/toast";
import { formatPlural } from "@/lib/format";
import type { IconChoice } from "@/lib/icons/icon-choice";
import { leftOutWords } from "./left-out-words";

/** Undoes the last answer to icons: they are what they were before, and stand for their categories again. */
export async function takeBack(icons: IconChoice, router: { refresh(): void }) {
  const result = await answerOf(takeBackAction({ icons }));
  router.refresh();
  if (!result.ok) return void showToast(result.error.message, { tone: "error" });
  const { restored, changedMeanwhile } = result.data;
  await showToast(`${formatPlural(restored, "icon")} as before`, { description: leftOutWords(changedMeanwhile) });
}
