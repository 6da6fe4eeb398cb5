import Link from "next/link";
import { formatCount, formatPlural } from "@/lib/format";
import type { RuleTrial } from "@/lib/sync/approval-rules/queries";

/** What rules come to on the last runs: "130 of the 149 changes of run 4 (ERP list) would have passed". */
export function TrialWords({ trials, isDraft = false }: { trials: RuleTrial[]; isDraft?: boolean }) {
  if (trials.length === 0) return <p className="text-muted">No run has changed anything yet to try the rules on.</p>;
  return (
    <ul className="grid gap-1" aria-label="Tried on the last runs">
      {trials.map(({ run, source, changes, passed, passedNow, isCapped }) => (
        <li key={run} className="tabular">
          <b className="font-semibold">{formatCount(passed)}</b> of the {isCapped ? "first " : ""}
          {formatPlural(changes, "change")} of{" "}
          <Link href={`/syncs/${run}`} className="text-accent underline">
            run {run}
          </Link>{" "}
          ({source}) would have passed
          {isDraft && `; with the rules as they stand ${formatCount(passedNow)}`}.
        </li>
      ))}
    </ul>
  );
}
