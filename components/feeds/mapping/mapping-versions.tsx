import Link from "next/link";
import { Time } from "@/components/ui/time";
import { type MappingDifference, mappingDifferences } from "@/lib/feeds/mapping/mapping-differences";
import type { SourceMapping } from "@/lib/feeds/mapping/queries";
import { formatPlural } from "@/lib/format";
import { RestoreVersion } from "./restore-version";

type Props = { versions: SourceMapping["versions"]; sourceId: string; shown: number | null; mayEdit: boolean };

/** All versions of a mapping; the chosen one beside the version before it. */
export function MappingVersions({ versions, sourceId, shown, mayEdit }: Props) {
  if (versions.length === 0) return null;
  const newest = versions[0]?.version ?? 0;
  const chosen = versions.find(({ version }) => version === shown);
  const before = chosen && versions.find(({ version }) => version === chosen.version - 1);
  return (
    <section aria-label="Versions" className="border-t px-4 py-4">
      <h2 className="mb-2 text-md font-semibold">Versions</h2>
      <ul className="rounded-md border bg-panel">
        {versions.map(({ version, by, createdAt, note, runs, mapping }) => (
          <li
            key={version}
            className="flex flex-wrap items-center gap-x-3 gap-y-1 border-line-soft px-3 py-1.5 not-last:border-b"
          >
            <Link
              href={`/feeds/${sourceId}/mapping?version=${version}`}
              scroll={false}
              aria-current={version === shown ? "true" : undefined}
              className="tabular font-medium text-accent aria-[current=true]:underline"
            >
              Version {version}
            </Link>
            {version === newest && <span className="text-xs text-green">in force</span>}
            <span className="text-xs text-muted">
              {by} · <Time at={createdAt} /> · {formatPlural(mapping.columns.length, "column")} ·{" "}
              {formatPlural(runs, "run")}
              {note && ` · ${note}`}
            </span>
            {mayEdit && version !== newest && version === shown && (
              <RestoreVersion sourceId={sourceId} version={version} baseVersion={newest} />
            )}
          </li>
        ))}
      </ul>
      {chosen && (
        <div className="mt-3">
          <h3 className="mb-1 text-xs font-medium text-muted">
            {before ? `What version ${chosen.version} changed` : `Version ${chosen.version}, the first`}
          </h3>
          <Differences list={mappingDifferences(before?.mapping ?? null, chosen.mapping)} />
        </div>
      )}
    </section>
  );
}

function Differences({ list }: { list: MappingDifference[] }) {
  if (list.length === 0) return <p className="text-muted">Nothing.</p>;
  return (
    <ul className="rounded-md border bg-panel text-xs">
      {list.map(({ what, before, after }) => (
        <li
          key={what}
          className="grid gap-x-3 border-line-soft px-3 py-1 not-last:border-b sm:grid-cols-[14rem_minmax(0,1fr)]"
        >
          <span className="truncate font-medium" title={what}>
            {what}
          </span>
          <span className="min-w-0 break-words">
            <span className="text-muted">{before ?? "nothing"}</span> → {after ?? "nothing"}
          </span>
        </li>
      ))}
    </ul>
  );
}
