import Link from "next/link";
import { ValueDiff } from "@/components/diff/value-diff";
import { fieldLabel, fieldValue } from "@/lib/sync/field-words";
import type { listRecentChanges } from "@/lib/sync/recent-work";

type Props = { recent: NonNullable<Awaited<ReturnType<typeof listRecentChanges>>> };

/** What changed last: a few products of the newest run, one field each. */
export function RecentChanges({ recent: { run, rows } }: Props) {
  return (
    <section aria-labelledby="recent-changes">
      <div className="mb-2 flex items-baseline justify-between">
        <h2 id="recent-changes" className="text-xs text-muted">
          What changed
        </h2>
        <Link href={`/syncs/${run.number}`} className="text-xs text-accent hover:underline">
          All of run {run.number}
        </Link>
      </div>
      <ul className="rounded-md border bg-panel">
        {rows.map(({ id, entityId, label, name, lines: [line] }) => (
          <li
            key={id}
            className="relative grid gap-x-4 gap-y-0.5 border-line-soft px-3 py-1.5 not-last:border-b hover:bg-hover sm:grid-cols-[minmax(0,1fr)_96px_minmax(0,1fr)]"
          >
            <Link href={`/products/${entityId}`} className="row-link truncate" title={label}>
              {name || label}
            </Link>
            {line && (
              <>
                <span className="truncate text-muted" title={fieldLabel(line.field)}>
                  {fieldLabel(line.field)}
                </span>
                <span className="line-clamp-2">
                  <ValueDiff
                    before={fieldValue(line.field, line.before, line.type)}
                    after={fieldValue(line.field, line.after, line.type)}
                  />
                </span>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
