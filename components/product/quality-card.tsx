"use client";

import { Check } from "lucide-react";
import Link from "next/link";
import { cn } from "@/lib/class-names";
import type { Quality } from "@/lib/quality/score";
import { GRADE_WORDS } from "@/lib/quality/words";
import { useEditor } from "./editor";
import { focusLine } from "./focus-line";

/** Shown without being asked for; the rest unfolds. */
const FIRST = 5;

const LOOKS = {
  A: "bg-green-soft text-green",
  B: "bg-green-soft text-green",
  C: "bg-amber-soft text-amber",
  D: "bg-amber-soft text-amber",
  E: "bg-red-soft text-red",
} as const;

/** How complete the product is and what to do about it, as it is saved now. */
export function QualityCard() {
  const { product } = useEditor();
  const { grade, score, missingRequired, reasons } = product.quality;
  const [first, more] = [reasons.slice(0, FIRST), reasons.slice(FIRST)];
  return (
    <div>
      <p className="flex items-center gap-2.5">
        <span className={cn("grid size-7 place-items-center rounded-md text-base font-semibold", LOOKS[grade])}>
          {grade}
        </span>
        <span className="min-w-0 flex-1">
          <span className="tabular font-medium">{score} of 100</span>{" "}
          <span className="text-muted">
            {GRADE_WORDS[grade]}
            {missingRequired > 0 && `, ${missingRequired} required missing`}
          </span>
        </span>
      </p>
      <div className="mt-1.5 h-1 overflow-hidden rounded-full bg-sunk" aria-hidden>
        <div className="h-full bg-accent" style={{ width: `${score}%` }} />
      </div>
      {reasons.length === 0 ? (
        <p className="mt-2 flex items-center gap-1.5 text-muted">
          <Check aria-hidden className="size-4 text-green" />
          Nothing is missing.
        </p>
      ) : (
        <Reasons reasons={first} />
      )}
      {more.length > 0 && (
        <details className="mt-1">
          <summary className="cursor-pointer text-xs text-muted hover:text-text">{more.length} more</summary>
          <Reasons reasons={more} />
        </details>
      )}
    </div>
  );
}

function Reasons({ reasons }: { reasons: Quality["reasons"] }) {
  const { lines, canEdit, canManage, product } = useEditor();
  return (
    <ul className="mt-1.5 grid gap-px">
      {reasons.map(({ field, label, isRequired, points }) => {
        const words = field.startsWith("metafield:") ? `Fill in ${label}` : label;
        return (
          <li key={field} className="flex min-h-6 items-baseline gap-2">
            {canEdit && lines.has(field) ? (
              <button type="button" className="min-w-0 text-left hover:underline" onClick={() => focusLine(field)}>
                {words}
              </button>
            ) : canManage && field === "images" ? (
              <Link href={`/products/${product.id}#pictures`} className="min-w-0 hover:underline">
                {words}
              </Link>
            ) : (
              <span className="min-w-0">{words}</span>
            )}
            {isRequired && <span className="text-2xs text-amber">required</span>}
            <span className="tabular ml-auto shrink-0 text-2xs text-faint" title="Points it would add">
              +{points}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
