import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { activateIconsAction, exportIconsAction, reviewIconsAction } from "@/app/(dashboard)/icons/actions";
import { answerOf } from "@/components/ui/answer-of";
import { showToast } from "@/components/ui/toast";
import { formatPlural } from "@/lib/format";
import type { IconChoice } from "@/lib/icons/icon-choice";
import { leftOutWords } from "./left-out-words";
import { takeBack } from "./take-back";

/** Answers to icons that need no question first; each tells what became of it, and can be taken back where that is so. */
export function useIconAnswers() {
  const router = useRouter();
  const [isBusy, startTransition] = useTransition();

  function run(work: () => Promise<void>) {
    startTransition(async () => {
      await work();
      // Within the transition: until the page is new, its versions are those of before.
      startTransition(() => router.refresh());
    });
  }

  function approve(icons: IconChoice) {
    run(async () => {
      const result = await answerOf(reviewIconsAction({ icons, state: "approved" }));
      if (!result.ok) return void showToast(result.error.message, { tone: "error" });
      const { answered, changedMeanwhile, icons: after } = result.data;
      const words = answered === 0 ? "Approved already" : `Approved ${formatPlural(answered, "icon")}`;
      const undo = { label: "Undo", onClick: () => run(() => takeBack(after, router)) };
      const description = leftOutWords(changedMeanwhile);
      await showToast(words, { description, action: answered > 0 ? undo : undefined });
    });
  }

  function activate(icons: IconChoice) {
    run(async () => {
      const result = await answerOf(activateIconsAction({ icons }));
      if (!result.ok) return void showToast(result.error.message, { tone: "error" });
      const { activated, changedMeanwhile } = result.data;
      const words =
        activated === 0
          ? "They stand for their categories already"
          : `${formatPlural(activated, "category", "categories")} got an icon`;
      await showToast(words, { description: leftOutWords(changedMeanwhile) });
    });
  }

  function pack(input: Parameters<typeof exportIconsAction>[0]) {
    run(async () => {
      const result = await answerOf(exportIconsAction(input));
      if (!result.ok) return void showToast(result.error.message, { tone: "error" });
      const { jobId } = result.data;
      await showToast("The worker packs the icons into a zip", {
        action: { label: "See it", onClick: () => router.push(`/jobs/${jobId}`) },
      });
    });
  }

  return { isBusy, approve, activate, pack };
}
