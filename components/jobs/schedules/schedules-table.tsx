import Link from "next/link";
import { LedgerBody } from "@/components/data-table/ledger-body";
import { JobStatus } from "@/components/jobs/job-status";
import { StatusDot } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { ScheduleRow } from "@/lib/jobs/schedules/queries";
import { ScheduleButtons } from "./schedule-buttons";

type Props = { schedules: ScheduleRow[]; mayControl: boolean };

export function SchedulesTable({ schedules, mayControl }: Props) {
  return (
    <table className="ledger" aria-label="Schedules">
      <colgroup>
        <col style={{ width: "24%" }} />
        <col style={{ width: "23%" }} />
        <col style={{ width: "110px" }} />
        <col />
        <col style={{ width: "12%" }} />
        {mayControl && <col style={{ width: "116px" }} />}
      </colgroup>
      <thead>
        <tr>
          <th scope="col">Schedule</th>
          <th scope="col">When</th>
          <th scope="col">Next</th>
          <th scope="col">How it went last</th>
          <th scope="col">Whose</th>
          {mayControl && (
            <th scope="col">
              <span className="sr-only">Actions</span>
            </th>
          )}
        </tr>
      </thead>
      <LedgerBody>
        {schedules.map((schedule) => (
          <tr key={schedule.id}>
            <td data-phone="title" title={`${schedule.name}: ${schedule.jobName}`}>
              <Link href={`/jobs/schedules/${schedule.id}`} className="row-link font-medium">
                {schedule.name}
              </Link>
              {schedule.jobName !== schedule.name && (
                <span className="ml-1.5 text-xs text-faint">{schedule.jobName}</span>
              )}
            </td>
            <td className="text-muted" title={schedule.words} data-phone="below-right">
              {schedule.words}
            </td>
            <td>
              {schedule.isPaused ? (
                <span className="text-amber">paused</span>
              ) : (
                schedule.nextTimes[0] && <Time at={schedule.nextTimes[0]} />
              )}
            </td>
            <td data-phone="below" title={schedule.lastProblem ?? undefined}>
              <LastResult schedule={schedule} />
            </td>
            <td className="text-muted">{schedule.owner}</td>
            {mayControl && (
              <td className="num" data-phone="right">
                <span className="above-link">
                  <ScheduleButtons schedule={schedule} size="small" />
                </span>
              </td>
            )}
          </tr>
        ))}
      </LedgerBody>
    </table>
  );
}

/** Why the last time brought no job, or how its job stands. */
export function LastResult({
  schedule: { lastProblem, lastJob },
}: {
  schedule: Pick<ScheduleRow, "lastProblem" | "lastJob">;
}) {
  if (lastProblem) return <StatusDot tone="amber">{lastProblem}</StatusDot>;
  if (!lastJob) return <span className="text-faint">has not run yet</span>;
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Link href={`/jobs/${lastJob.id}`} className="above-link hover:underline">
        <JobStatus job={lastJob} />
      </Link>
      <span className="truncate text-xs text-muted">
        <Time at={lastJob.createdAt} />
        {lastJob.error && ` · ${lastJob.error}`}
      </span>
    </span>
  );
}
