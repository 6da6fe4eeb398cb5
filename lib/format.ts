/** How figures, money and times are written, on the server and in the browser alike. */

const LOCALE = "en-GB";
/** What an unknown value is shown as. */
export const NOTHING = "–";

// Made once: making one takes longer than rendering a cell.
const count = new Intl.NumberFormat(LOCALE);
const hundredths = new Intl.NumberFormat(LOCALE, { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export function formatCount(value: number): string {
  return count.format(value);
}

/** A count that may have been cut off: `10,000+`. */
export function formatTotal(total: { count: number; isCapped: boolean }): string {
  return `${formatCount(total.count)}${total.isCapped ? "+" : ""}`;
}

/** `1 product`, `2 products`. */
export function formatPlural(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`;
}

/** Integer cents as `49.95`, without the currency: for columns that name it once. */
export function formatCents(cents: number | null): string {
  if (cents === null) return NOTHING;
  return hundredths.format(cents / 100);
}

/** Integer cents as `49.95 EUR`. */
export function formatMoney(cents: number | null, currency: string): string {
  return cents === null ? NOTHING : `${formatCents(cents)} ${currency}`;
}

/** Bytes as people read file sizes, powers of ten: `820 B`, `13.7 MB`. */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let size = bytes;
  let unit = 0;
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${unit > 0 && size < 99.95 ? size.toFixed(1) : count.format(Math.round(size))} ${units[unit]}`;
}

/** Seconds as `8 s`, `3 min`, `1 h 20 min`. */
export function formatDuration(seconds: number): string {
  const tenths = Math.round(seconds * 10) / 10;
  if (tenths < 10 && !Number.isInteger(tenths)) return `${tenths} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.round(whole / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}

/** Per cent, 0 to 100: `63 %`, and never 0 or 100 for what is only nearly so. */
export function formatPercent(percent: number): string {
  if (percent > 0 && percent < 1) return "<1 %";
  if (percent > 99 && percent < 100) return ">99 %";
  return `${Math.round(percent)} %`;
}

/** The exact time: `7 Nov 2026, 02:00:12`; `zone` undefined is the reader's own. */
export function formatDateTime(date: Date, zone?: string): string {
  return new Intl.DateTimeFormat(LOCALE, { dateStyle: "medium", timeStyle: "medium", timeZone: zone }).format(date);
}

/** The day and minute: `7 Nov, 02:00`, with the year when it is not `now`'s. */
export function formatShortDateTime(date: Date, now: Date, zone?: string): string {
  const year = date.getFullYear() === now.getFullYear() ? undefined : "numeric";
  const options = { day: "numeric", month: "short", year, hour: "2-digit", minute: "2-digit", timeZone: zone } as const;
  return new Intl.DateTimeFormat(LOCALE, options).format(date);
}

/** How long ago, short: `just now`, `12 min ago`, `3 h ago`, `in a moment`, `in 5 min`; from a week on the date. */
export function formatRelative(date: Date, now: Date, zone?: string): string {
  const seconds = Math.round((now.getTime() - date.getTime()) / 1000);
  const distance = Math.abs(seconds);
  // Two clocks differ by a little: what is just ahead is now.
  if (distance < 45) return seconds < -5 ? "in a moment" : "just now";
  if (distance >= 7 * 86_400) {
    const year = date.getFullYear() === now.getFullYear() ? undefined : "numeric";
    return new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short", year, timeZone: zone }).format(date);
  }
  const words = spell(distance);
  return seconds > 0 ? `${words} ago` : `in ${words}`;
}

function spell(seconds: number) {
  if (seconds < 3_570) return `${Math.max(1, Math.round(seconds / 60))} min`;
  if (seconds < 84_600) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} d`;
}
