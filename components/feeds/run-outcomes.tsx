import Link from "next/link";
import type { FeedSourceRow } from "@/lib/feeds/queries";
import { formatPlural } from "@/lib/format";
import { hrefWith } from "@/lib/href";
import { runState } from "@/lib/sync/run-words";

const TONES = { green: "bg-green", amber: "bg-amber", red: "bg-red", blue: "bg-blue", idle: "bg-line-strong" } as const;

type Props = {
  sourceId: string;
  runs: Pick<FeedSourceRow["runs"][number], "number" | "status" | "isDryRun" | "heldReason">[];
  /** Behind the bars. */
  children?: string;
};

/**
 * A source's last runs, oldest first, each a bar in the colour of its end; a bad one is lower as well. Together they
 * lead to the source's runs: a bar alone is too thin to be hit.
 */
export function RunOutcomes({ sourceId, runs, children }: Props) {
  const told = runs.toReversed().map((run) => ({ number: run.number, ...runState(run) }));
  const ends = told.map(({ number, words }) => `${number} ${words}`).join(", ");
  return (
    <Link
      href={hrefWith("/syncs", { source: sourceId })}
      aria-label={`${children ?? "All runs"}; the last ${formatPlural(runs.length, "run")}: ${ends}`}
      className="flex h-6 w-fit items-center gap-3 text-accent hover:underline"
    >
      <span aria-hidden className="flex h-4 items-end gap-0.5">
        {told.map(({ number, words, tone }) => (
          <span
            key={number}
            title={`Run ${number}: ${words}`}
            className={`block w-1.5 rounded-[1px] ${TONES[tone]} ${tone === "green" ? "h-full" : tone === "red" ? "h-1.5" : "h-2.5"}`}
          />
        ))}
      </span>
      {children}
    </Link>
  );
}
