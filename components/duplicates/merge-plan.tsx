"use client";

import { Checkbox } from "@/components/ui/input";
import type { MergePreview } from "@/lib/duplicates/preview-merge";
import { formatPlural } from "@/lib/format";

type Props = {
  preview: MergePreview;
  unfilled: ReadonlySet<string>;
  onToggle: (field: string) => void;
};

/** What a merge would do, product by product, and which empty fields are filled. */
export function MergePlan({ preview, unfilled, onToggle }: Props) {
  const { survivor, losers, fillable } = preview;
  return (
    <>
      <section>
        <h3 className="mb-1 text-xs font-medium text-muted">What goes over to {survivor.sku}</h3>
        <ul className="grid gap-2">
          {losers.map((loser) => (
            <li key={loser.id}>
              <p>
                From <span className="mono">{loser.sku}</span>, which is archived:
              </p>
              <ul className="list-disc pl-5 text-muted">
                {wordsOf(loser).map((words) => (
                  <li key={words} className="[overflow-wrap:anywhere]">
                    {words}
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      </section>
      {fillable.length > 0 && (
        <fieldset>
          <legend className="mb-1 text-xs font-medium text-muted">Empty fields it takes over</legend>
          {fillable.map(({ field, label, value, from }) => (
            <label key={field} className="flex items-baseline gap-2 border-b border-line-soft py-1">
              <Checkbox checked={!unfilled.has(field)} onChange={() => onToggle(field)} />
              <span className="w-32 shrink-0 text-muted">{label}</span>
              <span className="line-clamp-2 min-w-0 flex-1 [overflow-wrap:anywhere]">{value}</span>
              <span className="mono shrink-0 text-2xs text-faint">{from}</span>
            </label>
          ))}
        </fieldset>
      )}
    </>
  );
}

function wordsOf({ codes, pictures, samePictures, rows, answers }: MergePreview["losers"][number]): string[] {
  const gained = codes.filter(({ isNew }) => isNew).map(({ label, code }) => `${label} ${code}`);
  const known = codes.length - gained.length;
  const speaking = rows.filter(({ isSilent }) => !isSilent);
  const silent = rows.filter(({ isSilent }) => isSilent);
  const named = (of: typeof rows) => of.map(({ source, externalKey }) => `${source} ${externalKey}`).join(", ");
  return [
    gained.length > 0 && gained.join(", "),
    known > 0 && `${formatPlural(known, "code")} it has already`,
    pictures > 0 && formatPlural(pictures, "picture"),
    samePictures > 0 && `${formatPlural(samePictures, "picture")} it has already, which stay with the archived one`,
    speaking.length > 0 && `later rows of ${named(speaking)}`,
    silent.length > 0 && `${named(silent)}: left alone from now on, for this feed has a row of the one that stays`,
    answers > 0 && formatPlural(answers, "answer about codes", "answers about codes"),
    codes.length + pictures + samePictures + rows.length + answers === 0 && "nothing but its address",
  ].filter((words) => words !== false);
}
