import Link from "next/link";
import { cn } from "@/lib/class-names";
import { JOB_GROUPS, type JobGroup } from "@/lib/jobs/job-groups";
import type { Role } from "@/prisma/generated/sqlite/enums";
import { rolesInWords } from "./roles-in-words";
import { usualTime } from "./usual-time";

interface JobType {
  name: string;
  displayName: string;
  description: string;
  group: JobGroup;
  mayStart: boolean;
  roles: readonly Role[];
  /** Null before the first has finished. */
  usualSeconds: number | null;
}

/** The kinds of jobs, group by group; those that the reader may not start say who may. */
export function JobTypesList({ types }: { types: JobType[] }) {
  const groups = JOB_GROUPS.map((group) => ({ group, kinds: types.filter((type) => type.group === group) }));
  return (
    <div className="scroller min-h-0 flex-1 bg-panel pb-6">
      {groups.map(
        ({ group, kinds }) =>
          kinds.length > 0 && (
            <section key={group} aria-labelledby={`kinds-${group}`}>
              <h2
                id={`kinds-${group}`}
                className="sticky top-0 z-10 border-b border-line-soft bg-sunk px-4 py-1 text-xs font-medium text-muted"
              >
                {group}
              </h2>
              <ul>
                {kinds.map((type) => (
                  <li key={type.name} className="border-b border-line-soft">
                    <Kind type={type} />
                  </li>
                ))}
              </ul>
            </section>
          ),
      )}
    </div>
  );
}

function Kind({ type: { name, displayName, description, mayStart, roles, usualSeconds } }: { type: JobType }) {
  const content = (
    <>
      <span className={cn("font-medium", !mayStart && "text-muted")}>{displayName}</span>
      <span className="text-muted">{description}</span>
      <span className="text-xs text-muted">{rolesInWords(roles)}</span>
      {usualSeconds !== null && (
        <span className="tabular text-xs text-muted md:text-right" title="How long half of the last ones took at most">
          usually {usualTime(usualSeconds)}
        </span>
      )}
    </>
  );
  const columns = "grid gap-x-4 gap-y-0.5 px-4 py-1.5 md:grid-cols-[14rem_minmax(0,1fr)_10rem_8rem] md:items-baseline";
  if (!mayStart) return <div className={columns}>{content}</div>;
  return (
    <Link href={`/jobs/new/${name}`} className={cn(columns, "hover:bg-hover focus-visible:bg-hover")}>
      {content}
    </Link>
  );
}
