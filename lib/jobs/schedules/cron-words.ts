const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** A schedule as people say it; the pattern itself where it is one that nobody would say. */
export function scheduleWords({ cron, timeZone }: { cron: string; timeZone: string }): string {
  return `${patternWords(cron)}, ${timeZone.replaceAll("_", " ")}`;
}

function patternWords(cron: string): string {
  const [minute = "", hour = "", day = "", month = "", weekday = "", more] = cron.trim().split(/\s+/);
  const time = more === undefined ? timeWords(minute, hour) : null;
  const on = dayWords(day, weekday);
  const within = month === "*" ? "" : listWords(month, monthName);
  if (time === null || on === null || within === null) return `at ${cron}`;
  const during = within && ` in ${within}`;
  if (on === "" && /^\d\d:/.test(time)) return `daily at ${time}${during}`;
  if (/^\d\d:/.test(time)) return `${on} at ${time}${during}`;
  return `${time}${on && ` on ${on}`}${during}`;
}

/** `02:00`, `02:00 and 14:00`, `every 15 minutes`, `every hour at :15`; null for anything else. */
function timeWords(minute: string, hour: string): string | null {
  const often = stepOf(minute);
  const between = hourSpan(hour);
  if (often !== null) {
    const words = often === 1 ? "every minute" : `every ${often} minutes`;
    if (hour === "*") return words;
    return between ? `${words} from ${between}` : null;
  }
  const minutes = numbers(minute, 59);
  if (!minutes) return null;
  const past = join(minutes.map((each) => `:${two(each)}`));
  const hours = stepOf(hour);
  if (hours !== null) return `${hours === 1 ? "every hour" : `every ${hours} hours`} at ${past}`;
  if (between) return `every hour from ${between.replace(/:59$/, ":00")} at ${past}`;
  const at = numbers(hour, 23);
  if (!at || at.length * minutes.length > 6) return null;
  return join(at.flatMap((each) => minutes.map((one) => `${two(each)}:${two(one)}`)));
}

/** "" for every day; null for what can't be said. Cron means "either" where both are given. */
function dayWords(day: string, weekday: string): string | null {
  const named = weekday === "*" ? "" : weekdayWords(weekday);
  if (named === null) return null;
  if (day === "*") return named;
  const dates = listWords(day, (each) => (each >= 1 && each <= 31 ? String(each) : null));
  if (dates === null) return null;
  const ofMonth = day.includes(",") || day.includes("-") ? `days ${dates} of the month` : `day ${dates} of the month`;
  return named ? `${ofMonth} and ${named}` : ofMonth;
}

function weekdayWords(weekday: string): string | null {
  if (/^(1-5|MON-FRI)$/i.test(weekday)) return "weekdays";
  const plain = weekday.replace(/[A-Z]{3}/gi, (name) => {
    const at = DAYS.findIndex((day) => day.slice(0, 3).toUpperCase() === name.toUpperCase());
    return at < 0 ? name : String(at);
  });
  const isRange = plain.includes("-");
  return listWords(plain, (each) => (each <= 7 ? `${DAYS[each % 7]}${isRange ? "" : "s"}` : null));
}

function monthName(month: number) {
  return MONTHS[month - 1] ?? null;
}

/** `1,3-5` with each number named: `January and March to May`. */
function listWords(list: string, name: (value: number) => string | null): string | null {
  const words = list.split(",").map((part) => {
    const [, from = "", to] = /^(\d{1,2})(?:-(\d{1,2}))?$/.exec(part) ?? [];
    const first = from && name(Number(from));
    const last = to && name(Number(to));
    if (!first || (to && !last)) return null;
    return last ? `${first} to ${last}` : first;
  });
  return words.includes(null) ? null : join(words.flatMap((each) => each ?? []));
}

/** Each so many; null for what is no plain step. */
function stepOf(field: string): number | null {
  const [whole, , step] = /^\*(\/(\d+))?$/.exec(field) ?? [];
  return whole === undefined ? null : Number(step ?? 1);
}

function hourSpan(hour: string): string | null {
  const [, from, to] = /^(\d{1,2})-(\d{1,2})$/.exec(hour) ?? [];
  return from && to ? `${two(Number(from))}:00 to ${two(Number(to))}:59` : null;
}

function numbers(list: string, most: number): number[] | null {
  if (!/^\d{1,2}(,\d{1,2})*$/.test(list)) return null;
  const values = list.split(",").map(Number);
  return values.every((value) => value <= most) ? values : null;
}

function two(value: number) {
  return String(value).padStart(2, "0");
}

function join(words: string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
