import { formatPlural } from "@/lib/format";

type Props = {
  lines: string[];
  /** Lines in front that are not shown. */
  linesBefore: number;
  isOpen: boolean;
};

/** The end of a job's log. */
export function JobLog({ lines, linesBefore, isOpen }: Props) {
  return (
    <section aria-labelledby="job-log" className="flex min-h-0 flex-1 flex-col border-t">
      <h2 id="job-log" className="px-4 pt-3 pb-1.5 text-xs text-muted">
        Log
      </h2>
      {lines.length === 0 ? (
        <p className="px-4 pb-4 text-muted">{isOpen ? "Nothing written yet." : "This job wrote no lines."}</p>
      ) : (
        <ol className="mono scroller min-h-32 flex-1 border-t border-line-soft bg-panel px-4 py-2">
          {linesBefore > 0 && <li className="text-faint">{formatPlural(linesBefore, "earlier line")} not shown</li>}
          {lines.map((line, index) => {
            const { time, text } = parts(line);
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added at the end
              <li key={index} className="flex gap-3 py-px [overflow-wrap:anywhere]">
                {time && (
                  <time dateTime={time} title={time} className="shrink-0 text-faint">
                    {time.slice(11, 19)}
                  </time>
                )}
                <span>{text}</span>
              </li>
            );
          })}
        </ol>
      )}
    </section>
  );
}

/** Lines begin with the ISO time they were written at. */
function parts(line: string) {
  const found = /^(\d{4}-\d\d-\d\dT[\d:.]+Z) (.*)$/.exec(line);
  return found ? { time: found[1] ?? "", text: found[2] ?? "" } : { time: "", text: line };
}
