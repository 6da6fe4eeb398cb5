import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { z } from "zod";
import { PageHead } from "@/components/frame/page-head";
import { AboutJobType } from "@/components/jobs/parameters/about-job-type";
import { NewJobForm } from "@/components/jobs/parameters/new-job-form";
import { rolesInWords } from "@/components/jobs/parameters/roles-in-words";
import { can, rolesWith } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/current-actor";
import { jobDurations } from "@/lib/jobs/durations";
import { getGivenParameters } from "@/lib/jobs/given-parameters";
import { newJobForm } from "@/lib/jobs/new-job-form";
import { jobDefinition } from "@/lib/jobs/registry";

export async function generateMetadata({ params }: PageProps<"/jobs/new/[type]">): Promise<Metadata> {
  return { title: jobDefinition((await params).type)?.displayName ?? "New job" };
}

const query = z.object({ from: z.uuid().optional().catch(undefined) });

export default async function NewJobOfTypePage({ params, searchParams }: PageProps<"/jobs/new/[type]">) {
  const actor = await requireActor();
  const definition = jobDefinition((await params).type);
  if (!definition) notFound();
  const { name, displayName, permission } = definition;
  const { from } = query.parse(await searchParams);
  const earlier = from ? await getGivenParameters(actor, from) : null;
  if (earlier && earlier.type !== name) redirect(`/jobs/new/${earlier.type}?from=${from}`);
  const crumbs = [
    { href: "/jobs", label: "Jobs" },
    { href: "/jobs/new", label: "New job" },
  ];
  if (!can(actor, permission)) {
    return (
      <>
        <PageHead crumbs={crumbs} title={displayName} />
        <p className="px-4 text-muted">{rolesInWords(rolesWith(permission))} may start this job. Ask one of them.</p>
      </>
    );
  }
  const [form, durations] = await Promise.all([
    newJobForm(actor, name, earlier?.values ?? undefined),
    jobDurations(actor, [name]),
  ]);
  return (
    <>
      <PageHead crumbs={crumbs} title={displayName} />
      <div className="scroller grid min-h-0 flex-1 content-start gap-x-10 gap-y-6 px-4 pt-1 pb-10 lg:grid-cols-[minmax(0,42rem)_minmax(0,20rem)]">
        <div className="grid content-start gap-4">
          {from && !earlier && <p className="text-muted">The job to run again is not there any more.</p>}
          {earlier && from && (
            <p className="text-muted">
              As in{" "}
              <a href={`/jobs/${from}`} className="text-accent underline">
                {earlier.displayName}
              </a>
              . {earlier.values ? "Change what you like, then start it." : "What it was given is not known any more."}
            </p>
          )}
          <NewJobForm
            key={`${name} ${from ?? ""}`}
            type={name}
            displayName={displayName}
            fields={form.fields}
            initial={form.values}
            initialChosen={form.chosen}
            clonedFromId={earlier ? from : undefined}
          />
        </div>
        <AboutJobType definition={definition} duration={durations.get(name)} />
      </div>
    </>
  );
}
