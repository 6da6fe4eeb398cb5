import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { z } from "zod";
import { PageHead } from "@/components/frame/page-head";
import { JobStatus } from "@/components/jobs/job-status";
import { DeleteScheduleButton } from "@/components/jobs/schedules/delete-schedule-button";
import { ScheduleButtons } from "@/components/jobs/schedules/schedule-buttons";
import { ScheduleForm } from "@/components/jobs/schedules/schedule-form";
import { RefreshWhile } from "@/components/live/refresh-while";
import { Badge } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { can } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/current-actor";
import { isOpen } from "@/lib/jobs/job-state";
import { getSchedule, type ScheduleDetail } from "@/lib/jobs/schedules/queries";
import { schedulable } from "@/lib/jobs/schedules/schedulable";
import { scheduleFormOf } from "@/lib/jobs/schedules/schedule-form";

export async function generateMetadata({ params }: PageProps<"/jobs/schedules/[id]">): Promise<Metadata> {
  const schedule = await read((await params).id);
  return { title: schedule ? `Schedule ${schedule.name}` : "No such schedule" };
}

export default async function SchedulePage({ params }: PageProps<"/jobs/schedules/[id]">) {
  const actor = await requireActor();
  const schedule = await read((await params).id);
  if (!schedule) notFound();
  const definition = schedulable(schedule.jobType);
  const mayControl = can(actor, "job:control");
  return (
    <>
      <PageHead
        crumbs={[
          { href: "/jobs", label: "Jobs" },
          { href: "/jobs/schedules", label: "Schedules" },
        ]}
        title={schedule.name}
        meta={
          <>
            <span>{schedule.jobName}</span>
            {schedule.isPaused && <Badge tone="amber">paused</Badge>}
          </>
        }
        actions={
          mayControl && (
            <>
              <DeleteScheduleButton schedule={schedule} />
              <ScheduleButtons schedule={schedule} />
            </>
          )
        }
      />
      <div className="scroller min-h-0 flex-1 border-t">
        <div className="grid grid-cols-1 gap-8 px-4 py-4 lg:grid-cols-[minmax(0,42rem)_minmax(16rem,1fr)]">
          {mayControl && definition ? (
            <ScheduleForm
              key={schedule.version}
              jobType={schedule.jobType}
              form={await scheduleFormOf(actor, definition, schedule.parameters)}
              usualName={schedule.name}
              schedule={schedule}
            />
          ) : (
            <p className="text-muted">
              {definition
                ? "A manager changes schedules."
                : "This kind of job is not there any more: delete the schedule."}
            </p>
          )}
          <Facts schedule={schedule} />
        </div>
      </div>
      <RefreshWhile isActive={schedule.jobs.some((job) => isOpen(job.status))} />
    </>
  );
}

async function read(text: string) {
  const actor = await requireActor();
  const id = z.uuid().safeParse(text).data;
  return id ? getSchedule(actor, id) : null;
}

function Facts({ schedule: { words, nextTimes, owner, lastProblem, jobs, timeZone } }: { schedule: ScheduleDetail }) {
  return (
    <div className="grid grid-cols-1 content-start gap-5">
      <section aria-label="Next times">
        <h2 className="mb-1 font-semibold">Next times</h2>
        <p className="mb-1 text-muted">{words}</p>
        {nextTimes.length > 0 ? (
          <ul>
            {nextTimes.map((at) => (
              <li key={at.toISOString()}>
                <Time at={at} format="short" /> <span className="text-xs text-muted">your time</span>
              </li>
            ))}
          </ul>
        ) : (
          <p className="text-amber">Paused: its times pass without a job.</p>
        )}
        {nextTimes.length > 0 && timeZone !== "UTC" && (
          <p className="mt-1 text-xs text-muted">
            It goes by the clock of {timeZone.replaceAll("_", " ")}, in summer and winter.
          </p>
        )}
      </section>
      <section aria-label="Whose it is">
        <h2 className="mb-1 font-semibold">Whose it is</h2>
        <p className="text-muted">{owner}&apos;s: its jobs run with this person&apos;s rights at the time.</p>
      </section>
      <section aria-label="Its jobs">
        <h2 className="mb-1 font-semibold">Its jobs</h2>
        {lastProblem && <p className="mb-2 text-amber">{lastProblem}</p>}
        {jobs.length === 0 && <p className="text-muted">None yet.</p>}
        <ul className="divide-y divide-line-soft">
          {jobs.map((job) => (
            <li key={job.id} className="flex items-center gap-3 py-1">
              <Link href={`/jobs/${job.id}`} className="hover:underline">
                <Time at={job.createdAt} format="short" />
              </Link>
              <JobStatus job={job} />
              {job.error && (
                <span className="min-w-0 truncate text-xs text-muted" title={job.error}>
                  {job.error}
                </span>
              )}
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
