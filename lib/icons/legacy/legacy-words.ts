import { formatCount, formatPlural } from "@/lib/format";
import type { LegacyReport } from "./legacy-report";

/** What an import came to, in two sentences: as many come out as went in. */
export function legacyWords(report: LegacyReport): [string, string] {
  const ways = [report.byKey > 0 && `${report.byKey} by key`, report.byName > 0 && `${report.byName} by name`];
  const how = ways.filter(Boolean).join(", ");
  const out = [
    `${formatCount(report.assigned)} assigned${how && ` (${how})`}`,
    `${formatCount(report.unassigned)} without a category`,
    `${formatCount(report.missing)} without a file`,
    formatPlural(report.duplicates, "duplicate"),
    ...(report.deleted > 0 ? [`${formatCount(report.deleted)} deleted here since`] : []),
    `${formatCount(report.refused)} refused`,
  ];
  const added = formatPlural(report.added, "new icon");
  const shown = `${formatPlural(report.activated, "category", "categories")} ${report.activated === 1 ? "shows" : "show"}`;
  const files = report.found > 0 ? `, ${formatPlural(report.found, "file")} that had been missing` : "";
  return [
    `${formatPlural(report.in, "icon")} in: ${out.join(", ")}.`,
    report.dryRun
      ? `A dry run: nothing was taken. It would bring ${added}${files}; ${shown} one then.`
      : `It brought ${added}${files}; ${shown} one from now on.`,
  ];
}
