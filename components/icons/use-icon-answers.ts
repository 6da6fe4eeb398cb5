import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { activateIconsAction, exportIconsAction, reviewIconsAction } from "@/app/(dashboard)/icons/actions";
import { showToast } from "@/components/ui/toast";
import { formatPlural } from "@/lib/format";
import type { IconChoice } from "@/lib/icons/icon-choice";

/** What of a choice was left as it is, for a toast's second line. */
export function leftOutWords(changedMeanwhile: number): string | undefined {
  if (changedMeanwhile === 0) return undefined;
  return `${formatPlural(changedMeanwhile, "icon")} left as ${changedMeanwhile === 1 ? "it is" : "they are"}: somebody changed ${changedMeanwhile === 1 ? "it" : "them"} meanwhile.`;
}

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
      const result = await reviewIconsAction({ icons, state: "approved" });
      if (!result.ok) return void showToast(result.error.message, { tone: "error" });
      const { answered, changedMeanwhile, icons: after } = result.data;
      const words = answered === 0 ? "Approved already" : `Approved ${formatPlural(answered, "icon")}`;
      const undo = { label: "Undo", onClick: () => putBack(after) };
      const description = leftOutWords(changedMeanwhile);
      await showToast(words, { description, action: answered > 0 ? undo : undefined });
    });
  }

  function putBack(icons: IconChoice) {
    run(async () => {
      const result = await reviewIconsAction({ icons, state: "pending" });
      if (!result.ok) return void showToast(result.error.message, { tone: "error" });
      await showToast(`${formatPlural(result.data.answered, "icon")} to be reviewed again`);
    });
  }

  function activate(icons: IconChoice) {
    run(async () => {
      const result = await activateIconsAction({ icons });
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
      const result = await exportIconsAction(input);
      if (!result.ok) return void showToast(result.error.message, { tone: "error" });
      const { jobId } = result.data;
      await showToast("The worker packs the icons into a zip", {
        action: { label: "See it", onClick: () => router.push(`/jobs/${jobId}`) },
      });
    });
  }

  return { isBusy, approve, putBack, activate, pack };
}
