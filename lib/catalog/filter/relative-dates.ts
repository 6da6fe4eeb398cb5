import type { Period } from "./fields";

/** From the first moment on, up to the second, which is no part of it. */
export interface TimeRange {
  from?: Date;
  to?: Date;
}

/** The moment a calendar day begins in a zone; clock changes are minded. */
export function startOfDay(day: string, zone: string): Date {
  const utc = new Date(`${day}T00:00:00Z`).getTime();
  // The offset that holds at the first guess may differ from the one at the day's own beginning.
  const guess = utc - offsetAt(utc, zone);
  return new Date(utc - offsetAt(guess, zone));
}

/** The calendar day that a moment is in. */
export function dayOf(at: Date, zone: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(
    at,
  );
}

export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

export function daysRange(first: string | undefined, last: string | undefined, zone: string): TimeRange {
  return {
    ...(first !== undefined && { from: startOfDay(first, zone) }),
    ...(last !== undefined && { to: startOfDay(addDays(last, 1), zone) }),
  };
}

/** `today` and so many days before it, as far as they are over. */
export function lastDays(days: number, zone: string, now: Date): TimeRange {
  return { from: startOfDay(addDays(dayOf(now, zone), 1 - days), zone) };
}

/** A period by its name; weeks begin on Monday. */
export function periodRange(period: Period, zone: string, now: Date): TimeRange {
  const today = dayOf(now, zone);
  const month = today.slice(0, 7);
  switch (period) {
    case "today":
      return daysRange(today, today, zone);
    case "yesterday":
      return daysRange(addDays(today, -1), addDays(today, -1), zone);
    case "week": {
      const monday = addDays(today, -((new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7));
      return daysRange(monday, addDays(monday, 6), zone);
    }
    case "month":
      return daysRange(`${month}-01`, lastOfMonth(month), zone);
    case "last-month": {
      const before = addDays(`${month}-01`, -1).slice(0, 7);
      return daysRange(`${before}-01`, lastOfMonth(before), zone);
    }
    case "year":
      return daysRange(`${today.slice(0, 4)}-01-01`, `${today.slice(0, 4)}-12-31`, zone);
    default:
      throw period satisfies never;
  }
}

function lastOfMonth(month: string) {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}

/** How far a zone's clocks are ahead of UTC at a moment, in milliseconds. */
function offsetAt(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(at);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value ?? 0);
  const shown = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return shown - Math.floor(at / 1000) * 1000;
}
