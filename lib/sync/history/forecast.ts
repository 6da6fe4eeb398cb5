/** Days of a month, on average. */
const MONTH_DAYS = 365 / 12;
const MONTHS = 12;

export interface ForecastMonth {
  /** 0 is today. */
  month: number;
  /** Bytes of the database if everything stayed. */
  everything: number;
  /** Bytes with the rows cleared when their time has come. */
  withRetention: number;
}
export type Forecast = ForecastMonth[];

/**
 * The database over the next twelve months at the present pace. With retention the history holds no more than what
 * `rowDays` bring; the rest of the database is taken to stay as it is.
 */
export function forecastGrowth(now: {
  bytes: number;
  /** Of them, what the history's rows take. */
  historyBytes: number;
  bytesPerDay: number;
  rowDays: number;
}): Forecast {
  const rest = Math.max(0, now.bytes - now.historyBytes);
  const most = now.rowDays * now.bytesPerDay;
  return Array.from({ length: MONTHS + 1 }, (_, month) => {
    const gained = month * MONTH_DAYS * now.bytesPerDay;
    const history = now.historyBytes + gained;
    // What is there today is cleared too as its time comes, evenly over the days it may stay.
    const left = Math.max(0, 1 - (month * MONTH_DAYS) / now.rowDays) * now.historyBytes;
    const held = month === 0 ? history : Math.min(history, left + Math.min(gained, most));
    return { month, everything: Math.round(rest + history), withRetention: Math.round(rest + held) };
  });
}
