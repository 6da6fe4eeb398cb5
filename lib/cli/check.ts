import { SYSTEM } from "@/lib/auth/actor";
import { checkCounts } from "@/lib/categories/check-counts";
import { formatCount, formatPlural } from "@/lib/format";
import { openDatabase } from "./open-database";
import { type Outcome, toSnakeCase } from "./outcome";

/** Differences named in the text; `--json` has all. */
const NAMED = 50;

/** Whether every category's counts, address and level are what the products and parents make them. */
export async function check(): Promise<Outcome> {
  await openDatabase();
  const checked = await checkCounts(SYSTEM);
  const { categories, products, differences } = checked;
  const of = `${formatPlural(categories, "category", "categories")} and ${formatPlural(products, "product")}`;
  const value = toSnakeCase(checked);
  if (differences.length === 0) return { ok: true, value, text: `All counts are right: ${of}.` };
  const lines = differences
    .slice(0, NAMED)
    .map(({ path, what, shown, right }) => `  ${path}: ${what} ${shown}, right is ${right}`);
  const more = differences.length - lines.length;
  const rest = more > 0 ? [`  and ${formatCount(more)} more; --json names all`] : [];
  const text = [`${formatPlural(differences.length, "difference")} in ${of}:`, ...lines, ...rest].join("\n");
  return { ok: false, value, text };
}
