import type { Metadata } from "next";
import Link from "next/link";
import { PageHead } from "@/components/frame/page-head";
import { ScheduleForm } from "@/components/jobs/schedules/schedule-form";
import { can } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/current-actor";
import { JOB_GROUPS } from "@/lib/jobs/job-groups";
import { schedulable, schedulableJobs } from "@/lib/jobs/schedules/schedulable";
import { scheduleFormOf } from "@/lib/jobs/schedules/schedule-form";

export const metadata: Metadata = { title: "New schedule" };

export default async function NewSchedulePage({ searchParams }: PageProps<"/jobs/schedules/new">) {
  const actor = await requireActor("job:control");
  const { type } = await searchParams;
  const chosen = typeof type === "string" ? schedulable(type) : undefined;
  const crumbs = [
    { href: "/jobs", label: "Jobs" },
    { href: "/jobs/schedules", label: "Schedules" },
  ];
  if (chosen && can(actor, chosen.permission)) {
    return (
      <>
        <PageHead crumbs={[...crumbs, { href: "/jobs/schedules/new", label: "New" }]} title={chosen.displayName} />
        <div className="scroller min-h-0 flex-1 border-t px-4 py-4">
          <p className="mb-4 max-w-2xl text-muted">{chosen.description}</p>
          <ScheduleForm
            key={chosen.name}
            jobType={chosen.name}
            form={await scheduleFormOf(actor, chosen)}
            usualName={chosen.displayName}
            schedule={null}
          />
        </div>
      </>
    );
  }
  const jobs = schedulableJobs().filter(({ permission }) => can(actor, permission));
  return (
    <>
      <PageHead crumbs={crumbs} title="New schedule" meta="What shall it start?" />
      <div className="scroller min-h-0 flex-1 border-t bg-panel px-4 py-4">
        <div className="grid max-w-5xl grid-cols-1 gap-6">
          {JOB_GROUPS.map((group) => {
            const ofGroup = jobs.filter((job) => job.group === group);
            return (
              ofGroup.length > 0 && (
                <section key={group} aria-label={group}>
                  <h2 className="mb-1 text-xs font-medium text-muted">{group}</h2>
                  <ul className="divide-y divide-line-soft border-y border-line-soft">
                    {ofGroup.map(({ name, displayName, description }) => (
                      <li key={name}>
                        <Link
                          href={`/jobs/schedules/new?type=${encodeURIComponent(name)}`}
                          className="grid grid-cols-1 gap-x-4 px-2 py-1.5 hover:bg-hover sm:grid-cols-[16rem_minmax(0,1fr)]"
                        >
                          <span className="font-medium">{displayName}</span>
                          <span className="text-muted">{description}</span>
                        </Link>
                      </li>
                    ))}
                  </ul>
                </section>
              )
            );
          })}
        </div>
      </div>
    </>
  );
}
