import Link from "next/link";
import { LedgerBody } from "@/components/data-table/ledger-body";
import { LiveProgress } from "@/components/jobs/live-progress";
import { Badge, type Tone } from "@/components/ui/status";
import { Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { formatCount } from "@/lib/format";
import type { LegacyLine, LegacyOutcome, LegacyReport } from "@/lib/icons/legacy/legacy-report";
import { legacyWords } from "@/lib/icons/legacy/legacy-words";
import type { LegacyImport } from "@/lib/icons/legacy/list-imports";
import { isOpen, JOB_STATE_WORDS } from "@/lib/jobs/job-state";
import { liveJob } from "@/lib/jobs/live-job";
import { ImportNowButton } from "./import-now-button";

type Props = { shown: LegacyImport; mayImport: boolean };

/** One import: how far it is, or what became of every icon. */
export function LegacyImportView({ shown, mayImport }: Props) {
  const { id, facts, report, given, isDryRun, startedAt } = shown;
  return (
    <section aria-labelledby="import" className="border-b px-4 py-4">
      <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 id="import" className="font-semibold">
          {isDryRun ? "Dry run" : "Import"}
        </h2>
        <span className="text-muted">
          <Time at={startedAt} />,{" "}
          <Link href={`/jobs/${id}`} className="text-accent underline">
            its job
          </Link>
        </span>
        {mayImport && report && report.in > 0 && <ImportNowButton key={id} given={given} isFirst={isDryRun} />}
      </div>
      {report ? (
        <Report report={report} />
      ) : isOpen(facts.status) ? (
        <LiveProgress key={id} initial={liveJob(facts)} name="Taking over earlier icons" />
      ) : (
        <p role="alert" className="text-red">
          {facts.error ?? `It was ${JOB_STATE_WORDS[facts.status].words}.`}
        </p>
      )}
    </section>
  );
}

function Report({ report }: { report: LegacyReport }) {
  if (report.stores.length === 0) return <p className="text-muted">No store lies in the usual places.</p>;
  const [out, done] = legacyWords(report);
  return (
    <>
      <p>{out}</p>
      <p className="text-muted">{done}</p>
      <ul className="mono mt-1 text-xs break-all text-muted">
        {report.stores.map(({ path, hash }) => (
          <li key={path} title={`SHA-256 of metadata.json: ${hash}`}>
            {path}
          </li>
        ))}
      </ul>
      {!report.dryRun && <Shelves report={report} />}
      {report.lines.length > 0 && <Lines report={report} />}
    </>
  );
}

/** Where what waits for a person is looked at and assigned. */
function Shelves({ report: { unassigned, missing } }: { report: LegacyReport }) {
  return (
    <p className="mt-1 flex flex-wrap gap-x-4">
      {unassigned > 0 && (
        <Link href="/icons?show=unassigned" className="text-accent hover:underline">
          Assign those without a category
        </Link>
      )}
      {missing > 0 && (
        <Link href="/icons?show=missing" className="text-accent hover:underline">
          Show those without a file
        </Link>
      )}
    </p>
  );
}

function Lines({ report: { lines, linesLeftOut } }: { report: LegacyReport }) {
  return (
    <div className="mt-3 rounded-md border">
      <Table aria-label="Icons to look at">
        <colgroup>
          <col style={{ width: "26%" }} />
          <col style={{ width: "118px" }} />
          <col style={{ width: "20%" }} />
          <col />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">Icon</th>
            <th scope="col">Became</th>
            <th scope="col">Category</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <LedgerBody>
          {lines.map((line) => (
            <tr key={line.legacyId}>
              <td data-phone="title">
                <Named line={line} />
              </td>
              <td data-phone="right">
                <Badge tone={OUTCOMES[line.outcome].tone}>{OUTCOMES[line.outcome].words}</Badge>
              </td>
              <td className="text-muted">{line.category}</td>
              <td data-phone="below" title={line.note ?? undefined} className="whitespace-normal">
                {line.note}
              </td>
            </tr>
          ))}
        </LedgerBody>
      </Table>
      {linesLeftOut > 0 && (
        <p className="border-t px-3 py-1.5 text-xs text-muted">And {formatCount(linesLeftOut)} more like these.</p>
      )}
    </div>
  );
}

function Named({ line: { filename, legacyId, iconId } }: { line: LegacyLine }) {
  const name = filename ?? legacyId;
  if (!iconId) return <span title={legacyId}>{name}</span>;
  return (
    <Link href={`/icons/${iconId}`} className="row-link font-medium" title={legacyId}>
      {name}
    </Link>
  );
}

const OUTCOMES: Record<LegacyOutcome, { words: string; tone: Tone }> = {
  assigned: { words: "assigned", tone: "green" },
  unassigned: { words: "no category", tone: "amber" },
  missing: { words: "no file", tone: "amber" },
  duplicate: { words: "duplicate", tone: "idle" },
  deleted: { words: "deleted since", tone: "idle" },
  refused: { words: "refused", tone: "red" },
};
