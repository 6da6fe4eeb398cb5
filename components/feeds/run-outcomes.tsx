import Link from "next/link";
import type { FeedSourceRow } from "@/lib/feeds/queries";
import { runState } from "@/lib/sync/run-words";

const TONES = { green: "bg-green", amber: "bg-amber", red: "bg-red", blue: "bg-blue", idle: "bg-line-strong" } as const;

type Props = { runs: Pick<FeedSourceRow["runs"][number], "number" | "status" | "isDryRun" | "heldReason">[] };

/** A source's last runs, oldest first, each a bar in the colour of its end; a bad one is lower as well. */
export function RunOutcomes({ runs }: Props) {
  return (
    <ol aria-label={`The last ${runs.length} runs`} className="flex h-4 items-end gap-0.5">
      {runs.toReversed().map((run) => {
        const { words, tone } = runState(run);
        return (
          <li key={run.number} className="flex h-full items-end">
            <Link
              href={`/syncs/${run.number}`}
              title={`Run ${run.number}: ${words}`}
              aria-label={`Run ${run.number}: ${words}`}
              className={`block w-1.5 rounded-[1px] hover:outline-2 hover:outline-accent ${TONES[tone]} ${tone === "green" ? "h-full" : tone === "red" ? "h-1.5" : "h-2.5"}`}
            />
          </li>
        );
      })}
    </ol>
  );
}
