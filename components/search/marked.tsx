import type { Mark } from "@/lib/search/mark-words";

/** A text with the words marked that were searched for. */
export function Marked({ text, marks }: { text: string; marks: readonly Mark[] | undefined }) {
  if (!marks?.length) return text;
  const parts = marks.map(([from, to], at) => ({ before: text.slice(marks[at - 1]?.[1] ?? 0, from), from, to }));
  return (
    <>
      {parts.map(({ before, from, to }) => (
        <span key={from}>
          {before}
          <mark className="rounded-[2px] bg-amber-soft text-inherit">{text.slice(from, to)}</mark>
        </span>
      ))}
      {text.slice(marks.at(-1)?.[1])}
    </>
  );
}
