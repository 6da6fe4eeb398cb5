import { codec } from "./codec";

/** The instant of a calendar day and time in UTC; null when there is no such day or time. */
function instant(text: string): Date | null {
  const [, day = "", time = ""] = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2}))?/.exec(text) ?? [];
  const date = new Date(`${day}T${time || "00:00:00"}Z`);
  // JavaScript rolls 31 April over into May instead of refusing it.
  return Number.isNaN(date.getTime()) || !date.toISOString().startsWith(day) ? null : date;
}

export const date = codec<string>({
  label: "Date",
  hint: "Enter a date like 2026-11-07.",
  control: "date",
  read(text) {
    const day = text.trim();
    return /^\d{4}-\d{2}-\d{2}$/.test(day) && instant(day) ? day : null;
  },
  store: (day) => day,
  date: (day) => new Date(`${day}T00:00:00Z`),
});

/** Stored without a zone, which Shopify reads as UTC; a zone that was typed is converted. */
export const dateTime = codec<Date>({
  label: "Date and time",
  hint: "Enter a date and time like 2026-11-07 14:30.",
  control: "date-time",
  read(text) {
    const [, day, minutes, seconds = ":00", zone] =
      /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?$/i.exec(text.trim()) ?? [];
    const date = day ? instant(`${day}T${minutes}${seconds}`) : null;
    return date && new Date(date.getTime() - zoneMinutes(zone) * 60_000);
  },
  store: (date) => date.toISOString().slice(0, 19),
  edit: (date) => date.toISOString().slice(0, 16).replace("T", " ") + seconds(date),
  display: (date) => `${date.toISOString().slice(0, 16).replace("T", " ")}${seconds(date)} UTC`,
  date: (date) => date,
});

function seconds(date: Date) {
  const text = date.toISOString().slice(16, 19);
  return text === ":00" ? "" : text;
}

function zoneMinutes(zone = "Z") {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
  return sign ? (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -1 : 1) : 0;
}
