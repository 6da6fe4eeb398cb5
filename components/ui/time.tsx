"use client";

import { useSyncExternalStore } from "react";
import { formatDateTime, formatRelative, formatShortDateTime } from "@/lib/format";

const TICK_MS = 30_000;
let now = 0;

function subscribe(notify: () => void) {
  const timer = setInterval(() => {
    now = Date.now();
    notify();
  }, TICK_MS);
  return () => clearInterval(timer);
}

function current() {
  if (Date.now() - now > TICK_MS) now = Date.now();
  return now;
}

type Props = {
  at: Date | string /** `relative` unless the moment itself matters. */;
  format?: "relative" | "short" | "exact";
};

/** A time in the reader's own zone, relative, with the exact one on hover. */
export function Time({ at, format = "relative" }: Props) {
  // The server knows neither the reader's zone nor clock: it writes UTC, and the browser corrects it.
  const clock = useSyncExternalStore(subscribe, current, () => null);
  const zone = clock === null ? "UTC" : undefined;
  const date = new Date(at);
  const reference = clock === null ? new Date() : new Date(clock);
  const exact = formatDateTime(date, zone);
  const text = { relative: formatRelative, short: formatShortDateTime, exact: () => exact }[format](
    date,
    reference,
    zone,
  );
  return (
    <time dateTime={date.toISOString()} title={exact} className="tabular" suppressHydrationWarning>
      {text}
    </time>
  );
}
