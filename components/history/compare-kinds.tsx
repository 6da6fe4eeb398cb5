import { formatCount } from "@/lib/format";
import type { RunComparison } from "@/lib/sync/history/compare";
import { CHANGE_KIND_WORDS } from "@/lib/sync/run-words";
import type { SyncChangeKind } from "@/prisma/generated/sqlite/enums";

type Props = Pick<RunComparison, "a" | "b" | "pairs">;

/** What each run said of the same things: how often a kind in the one met a kind in the other. */
export function CompareKinds({ a, b, pairs }: Props) {
  const kinds = (side: "a" | "b") => [...new Set(pairs.map((pair) => pair[side]))].sort(nullLast);
  const countOf = (left: string | null, right: string | null) =>
    pairs.find((pair) => pair.a === left && pair.b === right)?.count ?? 0;
  if (pairs.length === 0) {
    return <p className="text-muted">Neither run found anything to change, or their rows were cleared.</p>;
  }
  return (
    <section aria-labelledby="compare-kinds" className="min-w-0 overflow-x-auto">
      <h2 id="compare-kinds" className="mb-2 text-md font-semibold">
        What they said of the same things
      </h2>
      <table className="tabular w-full">
        <thead>
          <tr className="border-b">
            <th scope="col" className="py-1 text-left text-xs font-medium text-muted">
              Run {a.number} ↓ &nbsp; run {b.number} →
            </th>
            {kinds("b").map((kind) => (
              <th key={kind} scope="col" className="num py-1 pl-3 text-xs font-medium text-muted">
                {words(kind)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {kinds("a").map((left) => (
            <tr key={left} className="border-b border-line-soft">
              <th scope="row" className="py-1 text-left font-normal">
                {words(left)}
              </th>
              {kinds("b").map((right) => {
                const count = countOf(left, right);
                return (
                  <td
                    key={right}
                    className={`num ${count === 0 ? "text-faint" : left === right ? "" : "font-semibold"}`}
                  >
                    {count === 0 ? "·" : formatCount(count)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function words(kind: string | null) {
  // A kind as the database's enum has it.
  return kind === null ? "not touched" : (CHANGE_KIND_WORDS[kind as SyncChangeKind] ?? kind);
}

function nullLast(x: string | null, y: string | null) {
  if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
  return x.localeCompare(y);
}
