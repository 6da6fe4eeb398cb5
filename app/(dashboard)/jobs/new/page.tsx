import { SearchX } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { z } from "zod";
import { FilterForm } from "@/components/filters/filter-form";
import { FilterSearch } from "@/components/filters/filter-search";
import { PageHead } from "@/components/frame/page-head";
import { JobTypesList } from "@/components/jobs/parameters/job-types-list";
import { EmptyState } from "@/components/ui/empty-state";
import { can, rolesWith } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/current-actor";
import { formatPlural } from "@/lib/format";
import { jobDurations } from "@/lib/jobs/durations";
import { jobDefinitions } from "@/lib/jobs/registry";

export const metadata: Metadata = { title: "New job" };

const query = z.object({ q: z.string().trim().max(100).catch("") });

export default async function NewJobPage({ searchParams }: PageProps<"/jobs/new">) {
  const actor = await requireActor();
  const { q } = query.parse(await searchParams);
  const types = jobDefinitions().filter(({ name, displayName, description, group }) =>
    `${displayName} ${description} ${group} ${name}`.toLowerCase().includes(q.toLowerCase()),
  );
  const durations = await jobDurations(
    actor,
    types.map(({ name }) => name),
  );
  return (
    <>
      <PageHead
        crumbs={[{ href: "/jobs", label: "Jobs" }]}
        title="New job"
        meta={<span className="tabular">{formatPlural(types.length, "kind")}</span>}
      />
      <FilterForm label="Find a kind of job">
        <FilterSearch value={q} label="What shall be done?" />
      </FilterForm>
      {types.length === 0 ? (
        <EmptyState icon={SearchX} title={`No kind of job is about “${q}”`}>
          <Link href="/jobs/new" className="text-accent underline">
            Show all kinds
          </Link>
        </EmptyState>
      ) : (
        <JobTypesList
          types={types.map(({ name, displayName, description, group, permission }) => ({
            name,
            displayName,
            description,
            group,
            mayStart: can(actor, permission),
            roles: rolesWith(permission),
            usualSeconds: durations.get(name)?.medianSeconds ?? null,
          }))}
        />
      )}
    </>
  );
}
