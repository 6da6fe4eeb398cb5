"use client";

import { ZoneSelect } from "@/components/jobs/schedules/zone-select";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";

export interface DigestDraft {
  digest: "none" | "hourly" | "daily";
  timeZone: string;
  hour: number;
}

const DIGESTS = ["none", "hourly", "daily"] as const;

export function digestDraftOf(channel: { digest: string; timeZone: string; hour: number } | null): DigestDraft {
  const { digest = "none", timeZone = "UTC", hour = 8 } = channel ?? {};
  return { digest: DIGESTS.find((each) => each === digest) ?? "none", timeZone, hour };
}

type Props = { draft: DigestDraft; onChange: (change: Partial<DigestDraft>) => void; errors: Record<string, string> };

/** Each at once, or gathered by the hour or the day. */
export function DigestFields({ draft, onChange, errors }: Props) {
  function choose(digest: DigestDraft["digest"]) {
    // Whoever sets up a first digest means their own clock.
    const isFirst = draft.digest !== "daily" && draft.timeZone === "UTC";
    onChange(isFirst ? { digest, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone } : { digest });
  }
  return (
    <div className="grid grid-cols-1 items-start gap-3 sm:grid-cols-3">
      <Field label="Send">
        {(control) => (
          <Select
            {...control}
            value={draft.digest}
            onChange={(event) => choose(DIGESTS.find((each) => each === event.target.value) ?? "none")}
          >
            <option value="none">each at once</option>
            <option value="hourly">gathered, every hour</option>
            <option value="daily">gathered, every day</option>
          </Select>
        )}
      </Field>
      {draft.digest === "daily" && (
        <Field label="At" error={errors.hour}>
          {(control) => (
            <Input
              {...control}
              type="time"
              step={3600}
              value={`${String(draft.hour).padStart(2, "0")}:00`}
              onChange={(event) => onChange({ hour: Number(event.target.value.split(":")[0]) || 0 })}
            />
          )}
        </Field>
      )}
      {draft.digest === "daily" && (
        <Field label="Time zone" error={errors.timeZone}>
          {(control) => (
            <ZoneSelect control={control} value={draft.timeZone} onChange={(timeZone) => onChange({ timeZone })} />
          )}
        </Field>
      )}
    </div>
  );
}
