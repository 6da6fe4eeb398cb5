import { cn } from "@/lib/class-names";
import { type DiffPart, diffParts } from "./diff-parts";

type Props = {
  /** Null: there was nothing. */
  before: string | null;
  /** Null: there is nothing any more. */
  after: string | null;
  /** A label under which each value is read aloud, e.g. the field's name. */
  label?: string;
};

/** A value before → after, always in this order, with the differing characters marked. */
export function ValueDiff({ before, after, label }: Props) {
  const parts = diffParts(before ?? "", after ?? "");
  return (
    <span
      className={cn(
        "inline-flex max-w-full items-baseline gap-x-1.5 gap-y-0.5 [overflow-wrap:anywhere]",
        before !== null && "flex-wrap",
      )}
    >
      {label ? <span className="sr-only">{label}: </span> : null}
      {before === null ? null : (
        <del className="min-w-0 rounded-[3px] bg-red-soft px-1 py-px text-red no-underline">
          <span className="sr-only">before </span>
          <Value
            parts={parts.before}
            mark={after !== null}
            className="bg-transparent font-semibold underline decoration-2 underline-offset-2"
          />
        </del>
      )}
      <span aria-hidden="true" className="text-muted">
        →
      </span>
      {after === null ? (
        <span className="text-muted">{before === null ? "–" : "removed"}</span>
      ) : (
        <ins className="min-w-0 rounded-[3px] bg-green-soft px-1 py-px text-green no-underline">
          <span className="sr-only">after </span>
          <Value
            parts={parts.after}
            mark={before !== null}
            className="bg-transparent font-semibold underline decoration-2 underline-offset-2"
          />
        </ins>
      )}
    </span>
  );
}

function Value({ parts, mark, className }: { parts: DiffPart[]; mark: boolean; className: string }) {
  if (parts.length === 0) return <i>empty</i>;
  // A value changed from end to end needs no marks: its colour says so.
  const marks = mark && parts.some((part) => !part.changed);
  return parts.map((part, index) =>
    part.changed && marks ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text have no other identity
      <mark key={index} className={`rounded-[2px] text-inherit ${className}`}>
        {part.text}
      </mark>
    ) : (
      part.text
    ),
  );
}
