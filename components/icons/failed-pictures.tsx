import Link from "next/link";
import { StatusDot, type Tone } from "@/components/ui/status";
import { formatMicros } from "@/lib/icons/format-micros";
import type { BatchDetails } from "@/lib/icons/get-batch";
import type { IconGenerationStatus } from "@/prisma/generated/sqlite/enums";

const WORDS: Record<IconGenerationStatus, { tone: Tone; word: string }> = {
  waiting: { tone: "idle", word: "To come" },
  running: { tone: "blue", word: "Being made" },
  succeeded: { tone: "idle", word: "Made" },
  failed: { tone: "red", word: "Failed" },
  skipped: { tone: "idle", word: "Left out" },
};

/** Pictures that there is none of, each with why. */
export function FailedPictures({ pictures, currency }: Pick<BatchDetails, "pictures" | "currency">) {
  return (
    <ul aria-label="Pictures without a result" className="border-b">
      {pictures.map(({ id, categoryId, categoryPath, variation, status, problem, costMicros }) => (
        <li
          key={id}
          className="flex flex-wrap items-baseline gap-x-3 border-b border-line-soft px-4 py-1.5 last:border-0"
        >
          <span className="w-24 shrink-0">
            <StatusDot tone={WORDS[status].tone}>{status === "succeeded" ? "Deleted" : WORDS[status].word}</StatusDot>
          </span>
          <span className="min-w-0">
            {categoryId ? (
              <Link href={`/categories/${categoryId}`} prefetch={false} className="hover:underline">
                {categoryPath.replaceAll(" > ", " › ")}
              </Link>
            ) : (
              categoryPath.replaceAll(" > ", " › ")
            )}
            {variation > 1 && <span className="text-muted">, variation {variation}</span>}
          </span>
          {problem && <span className="min-w-0 text-muted [overflow-wrap:anywhere]">{problem}</span>}
          {status === "failed" && costMicros !== null && costMicros > 0 && (
            <span className="tabular ml-auto text-muted">{formatMicros(costMicros, currency)} counted</span>
          )}
        </li>
      ))}
    </ul>
  );
}
