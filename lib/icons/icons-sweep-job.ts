import "server-only";
import { formatPlural } from "@/lib/format";
import { defineSweep } from "@/lib/images/define-sweep";
import { scheduleSweep } from "@/lib/images/schedule-sweep";
import { hashLooks } from "./hash-looks";
import { sweepIcons } from "./sweep-icons";

const STAGE = "Looking at files";

/** Removes icons' files that no icon names any more. */
export const iconsSweepJob = defineSweep({
  name: "icons.sweep",
  what: "unused icon files",
  description: "Removes files of icons that no icon names any more, once they are a day old.",
  group: "Icons",
  stages: [STAGE],
  async sweep(now, report, isDryRun) {
    const swept = await sweepIcons(now, (done) => report(STAGE, done), { isDryRun });
    return { ...swept, hashed: isDryRun ? 0 : await hashLooks() };
  },
  tell: ({ unused, lost, found, hashed }) => [
    `${formatPlural(unused, "unused one is", "unused ones are")} younger than a day`,
    ...(lost > 0 ? [formatPlural(lost, "icon lost its file", "icons lost their files")] : []),
    ...(found > 0 ? [formatPlural(found, "icon has its file again", "icons have their files again")] : []),
    ...(hashed > 0 ? [`${formatPlural(hashed, "icon is", "icons are")} compared with others from now on`] : []),
  ],
  resultTitles: {
    unused: "Unused, not a day old",
    lost: "Icons whose file is gone",
    found: "Icons whose file is back",
    hashed: "Compared with others from now on",
  },
});

/** Puts the daily sweep on the queue where there are icons: any worker may ask, one is heard. */
export function scheduleIconsSweep() {
  return scheduleSweep("icons", iconsSweepJob);
}
