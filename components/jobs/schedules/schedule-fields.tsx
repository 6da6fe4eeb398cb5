"use client";

import { useEffect, useState } from "react";
import { previewScheduleAction } from "@/app/(dashboard)/jobs/schedules/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { formatShortDateTime } from "@/lib/format";
import { ZoneSelect } from "./zone-select";

/** Null cron: no schedule. */
export interface ScheduleDraft {
  kind: "none" | "daily" | "weekdays" | "hourly" | "custom";
  time: string;
  cron: string;
  timeZone: string;
}

export function scheduleDraftOf(schedule: { cron: string; timeZone: string } | null, timeZone: string): ScheduleDraft {
  const usual = { kind: "none" as const, time: "02:00", cron: "0 2 * * *", timeZone };
  if (!schedule) return usual;
  const { cron } = schedule;
  const draft = { ...usual, ...schedule };
  const daily = /^(\d{1,2}) (\d{1,2}) \* \* (\*|1-5)$/.exec(cron);
  if (daily) {
    const time = `${daily[2]?.padStart(2, "0")}:${daily[1]?.padStart(2, "0")}`;
    return { ...draft, time, kind: daily[3] === "*" ? "daily" : "weekdays" };
  }
  return { ...draft, kind: cron === "0 * * * *" ? "hourly" : "custom" };
}

export function scheduleOf({ kind, time, cron, timeZone }: ScheduleDraft) {
  if (kind === "none") return null;
  if (kind === "custom") return { cron, timeZone };
  if (kind === "hourly") return { cron: "0 * * * *", timeZone };
  const [hour, minute] = time.split(":").map(Number);
  return { cron: `${minute || 0} ${hour || 0} * * ${kind === "daily" ? "*" : "1-5"}`, timeZone };
}

type Props = {
  draft: ScheduleDraft;
  onChange: (change: Partial<ScheduleDraft>) => void;
  errors: Record<string, string>;
  /** What the time is for: "Fetch". */
  label: string;
  /** What no schedule is called; absent where there must be one. */
  noneLabel?: string;
};

/** When something is done by itself, in words and with the next times it means. */
export function ScheduleFields({ draft, onChange, errors, label, noneLabel }: Props) {
  function choose(kind: ScheduleDraft["kind"]) {
    // Whoever sets up a first schedule means their own clock.
    const isFirst = draft.kind === "none" && draft.timeZone === "UTC";
    onChange(isFirst ? { kind, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone } : { kind });
  }

  return (
    <div className="grid gap-3">
      <div className="grid items-start gap-3 sm:grid-cols-3">
        <Field label={label}>
          {(control) => (
            <Select
              {...control}
              value={draft.kind}
              onChange={(event) => choose(event.target.value as ScheduleDraft["kind"])} // the options are exactly the kinds
            >
              {noneLabel && <option value="none">{noneLabel}</option>}
              <option value="daily">every day</option>
              <option value="weekdays">Monday to Friday</option>
              <option value="hourly">every hour</option>
              <option value="custom">by a pattern (cron)</option>
            </Select>
          )}
        </Field>
        {(draft.kind === "daily" || draft.kind === "weekdays") && (
          <Field label="At">
            {(control) => (
              <Input
                {...control}
                type="time"
                value={draft.time}
                onChange={(event) => onChange({ time: event.target.value })}
              />
            )}
          </Field>
        )}
        {draft.kind === "custom" && (
          <Field label="Pattern" error={errors.cron} help="Minute, hour, day, month, weekday.">
            {(control) => (
              <Input
                {...control}
                value={draft.cron}
                onChange={(event) => onChange({ cron: event.target.value })}
                className="mono"
                spellCheck={false}
              />
            )}
          </Field>
        )}
        {draft.kind !== "none" && (
          <Field label="Time zone" error={errors.timeZone}>
            {(control) => (
              <ZoneSelect control={control} value={draft.timeZone} onChange={(timeZone) => onChange({ timeZone })} />
            )}
          </Field>
        )}
      </div>
      <NextTimes
        schedule={scheduleOf(draft)}
        isToldWrong={errors.cron !== undefined || errors.timeZone !== undefined}
      />
    </div>
  );
}

type TimesProps = {
  schedule: { cron: string; timeZone: string } | null;
  /** The field itself says already what is wrong with it. */
  isToldWrong: boolean;
};

function NextTimes({ schedule, isToldWrong }: TimesProps) {
  const [answer, setAnswer] = useState<{ of: string; words: string; times: string[]; problem: string | null }>();
  const asked = schedule && `${schedule.cron} ${schedule.timeZone}`;
  const { cron = "", timeZone = "" } = schedule ?? {};
  useEffect(
    function askTheServerForTheNextTimes() {
      if (!asked) return;
      const timer = setTimeout(async () => {
        const result = await answerOf(previewScheduleAction({ cron, timeZone }));
        if (result.ok) setAnswer({ of: asked, ...result.data, problem: null });
        else
          setAnswer({
            of: asked,
            words: "",
            times: [],
            problem: Object.values(result.error.fields ?? {})[0] ?? result.error.message,
          });
      }, 250);
      return () => clearTimeout(timer);
    },
    [asked, cron, timeZone],
  );
  if (!asked) return null;
  if (!answer || answer.of !== asked) return <p className="text-xs text-muted">Working out the next times…</p>;
  if (answer.problem) {
    if (isToldWrong) return null;
    return (
      <p role="alert" className="text-xs text-red">
        {answer.problem}
      </p>
    );
  }
  return (
    <p className="text-xs text-muted">
      <span className="text-text">{answer.words.charAt(0).toUpperCase() + answer.words.slice(1)}</span>. Next:{" "}
      <span className="tabular">
        {answer.times.map((time) => formatShortDateTime(new Date(time), new Date(), timeZone)).join(" · ")}
      </span>
    </p>
  );
}
