import { SYSTEM } from "@/lib/auth/actor";
import { type CheckedCounts, checkCounts } from "@/lib/categories/check-counts";
import { formatCount, formatPlural } from "@/lib/format";
import { type CheckedIcons, checkIcons } from "@/lib/icons/check-icons";
import { openDatabase } from "./open-database";
import { type Outcome, toSnakeCase } from "./outcome";

/** Differences named in the text; `--json` has all. */
const NAMED = 50;

/**
 * Whether every category's counts, address and level are what the products and parents make them, and every icon has
 * its file and its category.
 */
export async function check(): Promise<Outcome> {
  await openDatabase();
  const counts = await checkCounts(SYSTEM);
  const icons = await checkIcons(SYSTEM);
  const ok = counts.differences.length === 0 && icons.faults.length === 0;
  const text = [...countLines(counts), ...iconLines(icons)].join("\n");
  return { ok, value: toSnakeCase({ ...counts, icons }), text };
}

function countLines({ categories, products, differences }: CheckedCounts): string[] {
  const of = `${formatPlural(categories, "category", "categories")} and ${formatPlural(products, "product")}`;
  if (differences.length === 0) return [`All counts are right: ${of}.`];
  const lines = differences.map(({ path, what, shown, right }) => `${path}: ${what} ${shown}, right is ${right}`);
  return [`${formatPlural(differences.length, "difference")} in ${of}:`, ...named(lines)];
}

function iconLines({ count: icons, faults, unusedFiles }: CheckedIcons): string[] {
  const unused = formatPlural(unusedFiles, "file that no icon names", "files that no icon names");
  const kept = unusedFiles > 0 ? [`${unused}: the daily clearing removes what is older than a day.`] : [];
  if (faults.length === 0) return icons > 0 ? [`All icons are whole: ${formatCount(icons)}.`, ...kept] : kept;
  const lines = faults.map(({ filename, iconId, what }) => `${filename} (${iconId}): ${what}`);
  return [`${formatPlural(faults.length, "fault")} in ${formatPlural(icons, "icon")}:`, ...named(lines), ...kept];
}

function named(lines: string[]): string[] {
  const more = lines.length - NAMED;
  const rest = more > 0 ? [`  and ${formatCount(more)} more; --json names all`] : [];
  return [...lines.slice(0, NAMED).map((line) => `  ${line}`), ...rest];
}
