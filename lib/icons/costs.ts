import "server-only";
import { SYSTEM } from "@/lib/auth/actor";
import { startOfDay } from "@/lib/catalog/filter/relative-dates";
import { getTimeZone } from "@/lib/catalog/time-zone";
import { db, type Reader } from "@/lib/db/client";
import { formatMicros } from "./format-micros";
import type { Endpoint, IconSettings } from "./icon-settings";

/** What an endpoint makes for an icon of so many pixels: its smallest size that is no smaller, else its largest. */
export function sizeFor({ sizes }: Pick<Endpoint, "sizes">, pixels: number) {
  const size = sizes.find((one) => one.pixels >= pixels) ?? sizes.at(-1);
  if (!size) throw new Error("An endpoint is saved with one size at least.");
  return size;
}

/** What this month's pictures cost so far, those under way and those asked for again included, in millionths of the endpoint's currency. */
export async function spentThisMonth(on: Reader = db): Promise<number> {
  const zone = await getTimeZone(SYSTEM);
  // Sweden writes days as ISO does.
  const today = new Intl.DateTimeFormat("sv-SE", { timeZone: zone }).format(new Date());
  const start = startOfDay(`${today.slice(0, "2026-11".length)}-01`, zone);
  const [ended, open] = await Promise.all([
    on.iconGeneration.aggregate({ where: { completedAt: { gte: start } }, _sum: { costMicros: true } }),
    on.iconGeneration.aggregate({ where: { completedAt: null }, _sum: { costMicros: true } }),
  ]);
  return (ended._sum.costMicros ?? 0) + (open._sum.costMicros ?? 0);
}

export interface Ceilings {
  batch: { spentMicros: number; ceilingMicros: number | null };
  month: { spentMicros: number; ceilingMicros: number | null };
}

/** Why so much more may not be spent, in a sentence; null when it may. */
export function overCeiling(moreMicros: number | null, { batch, month }: Ceilings, currency: string): string | null {
  const limits = [
    { ...batch, whose: "the batch's ceiling", mend: "Raise it, or make fewer pictures." },
    { ...month, whose: "this month's ceiling", mend: "An admin can raise it in the icon settings." },
  ];
  for (const { spentMicros, ceilingMicros, whose, mend } of limits) {
    if (ceilingMicros === null) continue;
    const ceiling = formatMicros(ceilingMicros, currency);
    if (moreMicros === null) {
      return `Nobody entered what a picture costs, so ${whose} of ${ceiling} can't be held. An admin can enter the price in the icon settings.`;
    }
    if (spentMicros + moreMicros <= ceilingMicros) continue;
    const spent = spentMicros > 0 ? ` on top of the ${formatMicros(spentMicros, currency)} spent` : "";
    return `${formatMicros(moreMicros, currency)}${spent} would exceed ${whose} of ${ceiling}. ${mend}`;
  }
  return null;
}

/** What the endpoint asks for one picture of a size; null: nobody entered it. */
export function priceOf(settings: IconSettings, pixels: number): number | null {
  return settings.endpoint ? sizeFor(settings.endpoint, pixels).priceMicros : null;
}
