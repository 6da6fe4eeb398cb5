import { StatusDot, type Tone } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { formatBytes, formatCount, formatDuration, NOTHING } from "@/lib/format";
import type { TimelineAttempt, TimelineStage } from "@/lib/jobs/job-timeline";

const OUTCOMES: Record<NonNullable<TimelineAttempt["outcome"]> | "running", { words: string; tone: Tone }> = {
  running: { words: "running", tone: "blue" },
  completed: { words: "done", tone: "green" },
  failed: { words: "failed", tone: "red" },
  lost: { words: "lost its worker", tone: "red" },
  paused: { words: "paused", tone: "amber" },
  cancelled: { words: "cancelled", tone: "idle" },
  stopped: { words: "worker stopped", tone: "idle" },
};

type Props = {
  attempts: TimelineAttempt[];
  now: Date;
  /** The last sign of life of a worker that says nothing any more; null while it does. */
  silentSince: Date | null;
};

/** A job's tries and what each did one after the other, drawn along its time. */
export function JobTimeline({ attempts, now, silentSince }: Props) {
  if (attempts.length === 0) return null;
  return (
    <section aria-labelledby="job-timeline" className="border-t">
      <h2 id="job-timeline" className="px-4 pt-3 pb-1.5 text-sm font-semibold">
        {attempts.length > 1 ? "Tries and their stages" : "Stages"}
      </h2>
      <table className="ledger" aria-label="Timeline">
        <colgroup>
          <col style={{ width: "30%" }} />
          <col />
          <col style={{ width: "80px" }} />
          <col style={{ width: "130px" }} />
          <col style={{ width: "100px" }} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">Stage</th>
            <th scope="col">When, within its try</th>
            <th scope="col" className="num">
              Took
            </th>
            <th scope="col" className="num">
              Done
            </th>
            <th scope="col" className="num">
              Per second
            </th>
          </tr>
        </thead>
        {attempts.toReversed().map((attempt) => (
          <Attempt key={attempt.number} attempt={attempt} until={silentSince ?? now} isSilent={silentSince !== null} />
        ))}
      </table>
    </section>
  );
}

function Attempt({ attempt, until, isSilent }: { attempt: TimelineAttempt; until: Date; isSilent: boolean }) {
  const end = attempt.endedAt ?? until;
  const span = Math.max(1, end.getTime() - attempt.startedAt.getTime());
  const { words, tone } = OUTCOMES[attempt.outcome ?? (isSilent ? "lost" : "running")];
  return (
    <tbody>
      <tr className="bg-sunk">
        <td colSpan={2} data-phone="title">
          <span className="flex flex-wrap items-center gap-x-3 font-medium">
            Try {attempt.place}
            <StatusDot tone={tone}>{words}</StatusDot>
            <span className="font-normal text-muted">
              <Time at={attempt.startedAt} format="exact" />
            </span>
          </span>
        </td>
        <td className="num" data-phone="right">
          {formatDuration(seconds(span))}
        </td>
        <td colSpan={2} className="mono text-right text-faint" title={`Worker ${attempt.workerId}`}>
          {`worker ${attempt.workerId.slice(-8)}`}
        </td>
      </tr>
      {attempt.error && (
        <tr>
          <td colSpan={5} data-phone="below" className="whitespace-normal! text-red">
            {attempt.error}
          </td>
        </tr>
      )}
      {attempt.stages.map((stage) => (
        <Stage key={stage.ordinal} stage={stage} from={attempt.startedAt.getTime()} span={span} end={end} />
      ))}
    </tbody>
  );
}

function Stage({ stage, from, span, end }: { stage: TimelineStage; from: number; span: number; end: Date }) {
  const began = Math.max(0, stage.startedAt.getTime() - from);
  const took = Math.max(0, (stage.endedAt ?? end).getTime() - stage.startedAt.getTime());
  const left = Math.min(99.5, (100 * began) / span);
  const width = Math.min(100 - left, Math.max(0.5, (100 * took) / span));
  return (
    <tr>
      <td data-phone="title" title={stage.name}>
        {stage.name}
      </td>
      <td data-phone="below">
        <span className="relative block h-2 rounded-full bg-sunk">
          <span
            className={`absolute inset-y-0 rounded-full ${stage.endedAt ? "bg-blue" : "bg-blue opacity-60"}`}
            style={{ left: `${left}%`, width: `${width}%` }}
          />
        </span>
      </td>
      <td data-phone="right" className="num">
        {formatDuration(seconds(took))}
      </td>
      <td data-phone="below-right" className="num text-muted">
        {doneWords(stage)}
      </td>
      <td className="num text-muted">{rate(stage, took)}</td>
    </tr>
  );
}

function doneWords({ done, total, unit }: TimelineStage) {
  if (unit === "" || (done === 0 && !total)) return NOTHING;
  return unit === "bytes" ? formatBytes(done) : `${formatCount(done)} ${unit}`;
}

function rate({ done, unit }: TimelineStage, took: number) {
  if (done === 0 || took < 100) return NOTHING;
  const perSecond = Math.round((1000 * done) / took);
  return unit === "bytes" ? formatBytes(perSecond) : formatCount(perSecond);
}

function seconds(milliseconds: number) {
  return Math.round(milliseconds / 100) / 10;
}
