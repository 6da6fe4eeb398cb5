import { cn } from "@/lib/class-names";
import type { JobLine } from "@/lib/jobs/list-lines";

const TONE = { info: "", warning: "text-amber", error: "text-red" } as const;

/** Lines of a log, what is sought in them marked. */
export function LogLines({ lines, sought }: { lines: JobLine[]; sought: string }) {
  return (
    <ol className="mono">
      {lines.map(({ id, at, level, text }) => (
        <li key={id} className="flex gap-3 py-px [overflow-wrap:anywhere]">
          <time dateTime={at} title={at} className="shrink-0 text-faint">
            {at.slice(11, 19)}
          </time>
          <span className={cn(TONE[level])}>
            {level !== "info" && <b className="font-semibold">{level}: </b>}
            <Marked text={text} sought={sought} />
          </span>
        </li>
      ))}
    </ol>
  );
}

function Marked({ text, sought }: { text: string; sought: string }) {
  const at = sought ? text.toLowerCase().indexOf(sought.toLowerCase()) : -1;
  if (at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <mark className="rounded-[2px] bg-amber-soft text-inherit">{text.slice(at, at + sought.length)}</mark>
      {text.slice(at + sought.length)}
    </>
  );
}
