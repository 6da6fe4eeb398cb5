import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { formatCount } from "@/lib/format";
import { hrefWith } from "@/lib/href";
import type { RunDetail } from "@/lib/sync/queries";
import { CHANGE_KIND_WORDS, isHeldKind } from "@/lib/sync/run-words";
import type { RunPageSearch } from "@/lib/sync/search-params";
import type { SyncChangeKind } from "@/prisma/generated/sqlite/enums";

const ORDER = ["new", "changed", "moved", "missing", "returned", "conflict", "removed"] as const;

/** A run's changes by what they are, each kind with its count. */
export function KindLinks({ run, search }: { run: RunDetail; search: RunPageSearch }) {
  const counts = run.kindsOf[search.what];
  const kinds = ORDER.filter((kind) => counts[kind]);
  const all = countOfKinds(counts);
  const held = (run.kinds.ambiguous ?? 0) + (run.kinds.unmatched ?? 0);
  const { what, state, field, q } = search;
  const href = (kind: string | undefined) =>
    hrefWith(`/syncs/${run.number}`, {
      tab: "changes",
      what: what === "product" ? undefined : what,
      kind,
      state,
      field,
      q,
    });
  return (
    <nav aria-label="Kinds of change" className="scroller flex shrink-0 gap-1 px-3 pt-2">
      <KindLink href={href(undefined)} label="All" count={all} isCurrent={!search.kind} />
      {kinds.map((kind) => (
        <KindLink
          key={kind}
          href={href(kind)}
          label={CHANGE_KIND_WORDS[kind]}
          count={counts[kind] ?? 0}
          isCurrent={search.kind === kind}
        />
      ))}
      {held > 0 && (
        <KindLink
          href={hrefWith(`/syncs/${run.number}`, { tab: "held" })}
          label="held"
          count={held}
          isCurrent={false}
        />
      )}
    </nav>
  );
}

/** Changes of all kinds but those that wait to learn which product is meant. */
export function countOfKinds(counts: RunDetail["kindsOf"][RunPageSearch["what"]]): number {
  return Object.entries(counts).reduce((sum, [kind, count]) => {
    return isHeldKind(kind as SyncChangeKind) ? sum : sum + count;
  }, 0);
}

function KindLink({
  href,
  label,
  count,
  isCurrent,
}: {
  href: string;
  label: string;
  count: number;
  isCurrent: boolean;
}) {
  return (
    <Link
      href={href}
      scroll={false}
      prefetch={false}
      aria-current={isCurrent ? "true" : undefined}
      className={buttonClass({ size: "small", variant: isCurrent ? "default" : "ghost" })}
    >
      {label.charAt(0).toUpperCase() + label.slice(1)}{" "}
      <span className="tabular font-normal text-muted">{formatCount(count)}</span>
    </Link>
  );
}
