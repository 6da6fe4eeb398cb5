const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** A schedule as people say it; the pattern itself where it is none of the usual ones. */
export function scheduleWords({ cron, timeZone }: { cron: string; timeZone: string }): string {
  return `${patternWords(cron)}, ${timeZone.replaceAll("_", " ")}`;
}

function patternWords(cron: string) {
  const [minute = "", hour = "", day, month, weekday = "", more] = cron.split(/\s+/);
  const isOften = /^\*(\/(\d+))?$/;
  if (day !== "*" || month !== "*" || more !== undefined) return `at ${cron}`;
  const minutes = isOften.exec(minute);
  if (minutes && hour === "*" && weekday === "*") return minutes[2] ? `every ${minutes[2]} minutes` : "every minute";
  if (!/^\d+$/.test(minute)) return `at ${cron}`;
  const past = minute.padStart(2, "0");
  const hours = isOften.exec(hour);
  if (hours && weekday === "*") return `${hours[2] ? `every ${hours[2]} hours` : "every hour"} at :${past}`;
  if (!/^\d+$/.test(hour)) return `at ${cron}`;
  const time = `${hour.padStart(2, "0")}:${past}`;
  if (weekday === "*") return `daily at ${time}`;
  if (weekday === "1-5") return `weekdays at ${time}`;
  const name = /^[0-7]$/.test(weekday) ? DAYS[Number(weekday) % 7] : undefined;
  return name ? `${name}s at ${time}` : `at ${cron}`;
}
