import Link from "next/link";
import { LedgerBody } from "@/components/data-table/ledger-body";
import { JobStatus } from "@/components/jobs/job-status";
import { Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { formatCount } from "@/lib/format";
import type { LegacyReport } from "@/lib/icons/legacy/legacy-report";
import type { LegacyImport } from "@/lib/icons/legacy/list-imports";

const FIGURES = [
  ["In", "in"],
  ["New", "added"],
  ["Assigned", "assigned"],
  ["No category", "unassigned"],
  ["No file", "missing"],
  ["Duplicates", "duplicates"],
  ["Refused", "refused"],
] as const satisfies readonly (readonly [string, keyof LegacyReport])[];

/** Every import so far. */
export function LegacyHistory({ imports, shownId }: { imports: LegacyImport[]; shownId: string }) {
  return (
    <section aria-labelledby="imports">
      <h2 id="imports" className="px-4 pt-4 pb-2 font-semibold">
        Imports
      </h2>
      <Table aria-label="Imports">
        <colgroup>
          <col />
          <col style={{ width: "120px" }} />
          <col style={{ width: "140px" }} />
          {FIGURES.map(([label]) => (
            <col key={label} style={{ width: "96px" }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            <th scope="col">Import</th>
            <th scope="col">State</th>
            <th scope="col">Started by</th>
            {FIGURES.map(([label]) => (
              <th key={label} scope="col" className="num">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <LedgerBody>
          {imports.map(({ id, isDryRun, startedAt, startedBy, facts, report }) => (
            <tr key={id} aria-current={id === shownId ? "true" : undefined}>
              <td data-phone="title">
                <Link href={`/icons/import?job=${id}`} scroll={false} className="row-link font-medium">
                  {isDryRun ? "Dry run" : "Import"}, <Time at={startedAt} />
                </Link>
              </td>
              <td data-phone="right">
                <JobStatus job={facts} />
              </td>
              <td data-phone="below" className="text-muted">
                {startedBy ?? "found by itself"}
              </td>
              {FIGURES.map(([label, key]) => (
                <td key={label} className="num" data-phone={key === "in" ? "below-right" : undefined}>
                  {report ? formatCount(report[key]) : ""}
                </td>
              ))}
            </tr>
          ))}
        </LedgerBody>
      </Table>
    </section>
  );
}
