import Link from "next/link";
import { formatPlural } from "@/lib/format";
import type { UndoState } from "@/lib/sync/undo/undo-state";

/** What an undo did, or which run undid this one. */
export function UndoWords({ undo }: { undo: UndoState }) {
  if (undo.isUndo) {
    const parts = [
      undo.putBack > 0 && `${formatPlural(undo.putBack, "product")} put back`,
      undo.takenAway > 0 && `${formatPlural(undo.takenAway, "product")} taken away`,
      undo.left > 0 && `${formatPlural(undo.left, "change")} left as ${undo.left === 1 ? "it is" : "they are"}`,
    ].filter(Boolean);
    return (
      <p className="tabular px-4 pb-3">
        {undo.undoes === null ? "An undo that was given up" : "Takes back "}
        {undo.undoes !== null && <RunLink number={undo.undoes} />}
        {parts.length > 0 && (
          <>
            : <b className="font-semibold">{parts.join(", ")}</b>
          </>
        )}
        .
      </p>
    );
  }
  if (undo.undoneBy === null) return null;
  if (undo.isBeingUndone) {
    return (
      <p className="px-4 pb-3">
        Being undone by <RunLink number={undo.undoneBy} />, which has not ended yet.
      </p>
    );
  }
  return (
    <p className="px-4 pb-3">
      Undone by <RunLink number={undo.undoneBy} />, which lists what went back and what stayed.
    </p>
  );
}

function RunLink({ number }: { number: number }) {
  return (
    <Link href={`/syncs/${number}`} className="text-accent underline">
      run {number}
    </Link>
  );
}
