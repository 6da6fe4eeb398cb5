"use client";

import { useSyncExternalStore } from "react";
import { Select } from "@/components/ui/input";

type Props = {
  control: { id: string; "aria-invalid"?: true; "aria-describedby"?: string };
  value: string;
  onChange: (zone: string) => void;
};

/** The time zones that the browser knows. */
export function ZoneSelect({ control, value, onChange }: Props) {
  const zones = useZones();
  return (
    <Select {...control} value={value} onChange={(event) => onChange(event.target.value)}>
      {[...new Set([value, "UTC", ...zones])].map((zone) => (
        <option key={zone} value={zone}>
          {zone.replaceAll("_", " ")}
        </option>
      ))}
    </Select>
  );
}

let known: string[] | undefined;

function browserZones() {
  known ??= Intl.supportedValuesOf("timeZone");
  return known;
}

const NO_ZONES: string[] = [];

/** The server may know others than the browser, so that none are written by it. */
function useZones() {
  return useSyncExternalStore(
    () => () => undefined,
    browserZones,
    () => NO_ZONES,
  );
}

/** The reader's own zone; UTC until the browser has said it. */
export function useBrowserZone() {
  return useSyncExternalStore(
    () => () => undefined,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => "UTC",
  );
}
