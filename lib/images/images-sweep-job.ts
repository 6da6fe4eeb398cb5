import "server-only";
import { formatPlural } from "@/lib/format";
import { defineSweep } from "./define-sweep";
import { scheduleSweep } from "./schedule-sweep";
import { sweepImages } from "./sweep-images";

/** Removes picture files that nothing names any more. */
export const imagesSweepJob = defineSweep({
  name: "images.sweep",
  what: "unused picture files",
  description: "Removes picture files that nothing has named for 30 days.",
  group: "Pictures",
  stages: ["Looking at pictures", "Looking at files"],
  sweep: (now, report, isDryRun) => sweepImages(now, report, { isDryRun }),
  tell: ({ unused, lost }) => [
    `${formatPlural(unused, "unused one is", "unused ones are")} kept until 30 days are over`,
    ...(lost > 0 ? [formatPlural(lost, "picture lost its file", "pictures lost their files")] : []),
  ],
  resultTitles: { unused: "Unused, kept until 30 days are over", lost: "Pictures whose file is gone" },
});

/** Puts the daily sweep on the queue where there are pictures: any worker may ask, one is heard. */
export function scheduleImagesSweep() {
  return scheduleSweep("images", imagesSweepJob);
}
