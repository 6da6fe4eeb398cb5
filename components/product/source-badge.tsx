import Link from "next/link";
import { Time } from "@/components/ui/time";
import type { SourceWords } from "@/lib/catalog/source-words";
import { cn } from "@/lib/class-names";

/** The person's value stands, and the feed has said something else since. */
export function feedSaysOtherwise({ kept }: SourceWords) {
  return kept !== null && kept.feedValue !== kept.keptOver;
}

/** Where a value came from, at the end of its line: `Etilize · run 3 · 2 h ago`, `you · kept`. */
export function SourceBadge({
  source,
  field,
  isUnsaved,
  isPlain,
}: {
  source: SourceWords;
  field?: string;
  isUnsaved?: boolean;
  /** Words alone: it stands in a button, which holds no links. */
  isPlain?: boolean;
}) {
  if (isUnsaved) return <span className="text-2xs text-faint">you · unsaved</span>;
  const { who, run, via, at, kept } = source;
  const runWords = via ? `${via}, run ${run}` : `run ${run}`;
  const isKept = kept !== null && (kept.feedValue !== null || kept.keptOver !== null);
  return (
    <span className={cn("text-2xs text-faint", isKept && "text-amber")}>
      {field && source.kind === "feed" && !isPlain ? (
        <Link
          href={`/feeds/precedence?field=${encodeURIComponent(field === "categoryId" ? "category" : field)}`}
          className="hover:underline"
          title="Why this feed rules here"
        >
          {who}
        </Link>
      ) : (
        who
      )}
      {run !== null && (
        <>
          {" · "}
          {isPlain ? (
            runWords
          ) : (
            <Link href={`/syncs/${run}`} className="hover:underline">
              {runWords}
            </Link>
          )}
        </>
      )}
      {isKept && " · kept"}
      {feedSaysOtherwise(source)
        ? " · feed says otherwise"
        : at && (
            <>
              {" · "}
              <Time at={at} />
            </>
          )}
    </span>
  );
}
