import { EmptyState } from "@/components/ui/empty-state";
import { ScrollArea } from "@/components/ui/scroll-area";
import { StatusDot, type Tone } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { formatCount, formatDuration, NOTHING } from "@/lib/format";
import type { RunDetail } from "@/lib/sync/queries";
import type { RunEvent } from "@/lib/sync/run-events";
import type { RunStage } from "@/lib/sync/run-json";

/** What a stage without an end is at. */
const RUNNING: OpenState = { words: "running", tone: "blue" };
const PAUSED: OpenState = { words: "paused", tone: "amber" };
const NOT_ENDED: OpenState = { words: "not ended", tone: "red" };

/** What happened to a run and its stages: when, how long, how many rows, how quick. */
export function TimelineTab({ run, events }: { run: RunDetail; events: RunEvent[] }) {
  if (run.stages.length === 0 && events.length === 0) {
    return <EmptyState title="Not started yet">The stages appear here once a worker takes this run.</EmptyState>;
  }
  const longest = Math.max(...run.stages.map((stage) => secondsOf(stage) ?? 0), 0.001);
  const isOver = run.completedAt !== null;
  const now = isOver ? NOT_ENDED : run.job?.status === "paused" ? PAUSED : RUNNING;
  return (
    <ScrollArea label="Timeline">
      <table className="ledger" aria-label="Stages">
        <colgroup>
          <col style={{ width: "24%" }} />
          <col style={{ width: "190px" }} />
          <col style={{ width: "90px" }} />
          <col />
          <col style={{ width: "110px" }} />
          <col style={{ width: "120px" }} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">Stage</th>
            <th scope="col">Began</th>
            <th scope="col" className="num">
              Took
            </th>
            <th scope="col">
              <span className="sr-only">Share of the longest</span>
            </th>
            <th scope="col" className="num">
              Items
            </th>
            <th scope="col" className="num">
              Per second
            </th>
          </tr>
        </thead>
        <tbody>
          {inOrder(run.stages, events).map((entry) =>
            "stage" in entry ? (
              <StageRow key={entry.stage} stage={entry} longest={longest} now={now} />
            ) : (
              <EventRow key={entry.id} event={entry} />
            ),
          )}
          <tr>
            <td data-phone="title">{isOver ? "Ended" : run.status === "review" ? "Waits for review" : "Still open"}</td>
            <td data-phone="right" className="text-muted">
              {run.completedAt && <Time at={run.completedAt} format="exact" />}
            </td>
            <td colSpan={4} />
          </tr>
        </tbody>
      </table>
    </ScrollArea>
  );
}

/** What was done and what people did, as it happened. */
function inOrder(stages: RunStage[], events: RunEvent[]): (RunStage | RunEvent)[] {
  const timeOf = (entry: RunStage | RunEvent) => ("stage" in entry ? entry.startedAt : entry.at).getTime();
  return [...stages, ...events].sort((a, b) => timeOf(a) - timeOf(b));
}

function EventRow({ event }: { event: RunEvent }) {
  return (
    <tr>
      <td data-phone="title">
        {event.what} by {event.who}
      </td>
      <td data-phone="right" className="text-muted">
        <Time at={event.at} format="exact" />
      </td>
      <td colSpan={4} />
    </tr>
  );
}

type OpenState = { words: string; tone: Tone };

function StageRow({ stage, longest, now }: { stage: RunStage; longest: number; now: OpenState }) {
  const seconds = secondsOf(stage);
  return (
    <tr>
      <td data-phone="title" className="font-medium">
        {stage.stage}
      </td>
      <td className="text-muted">
        <Time at={stage.startedAt} format="exact" />
      </td>
      <td data-phone="right" className="num">
        {seconds === null ? (
          <StatusDot tone={now.tone}>{now.words}</StatusDot>
        ) : (
          formatDuration(Math.round(seconds * 10) / 10)
        )}
      </td>
      <td>
        {seconds !== null && (
          <span className="block h-1.5 rounded-full bg-blue" style={{ width: `${(100 * seconds) / longest}%` }} />
        )}
        <Spent stage={stage} />
      </td>
      <td data-phone="below" className="num max-sm:text-left!">
        {stage.rows === null ? NOTHING : formatCount(stage.rows)}
        {stage.rows !== null && <span className="text-muted sm:hidden"> {stage.rows === 1 ? "item" : "items"}</span>}
      </td>
      <td className="num text-muted">{rate(stage, seconds)}</td>
    </tr>
  );
}

/** What the stage's time went to, the longest first; nothing where there was next to none. */
function Spent({ stage }: { stage: RunStage }) {
  const phases = Object.entries(stage.spent ?? {}).sort(([, a], [, b]) => b - a);
  const all = phases.reduce((sum, [, spent]) => sum + spent, 0);
  if (all < 100) return null;
  const words = phases.flatMap(([phase, spent]) => {
    const percent = Math.round((100 * spent) / all);
    return percent > 0 ? [`${phase} ${percent} %`] : [];
  });
  return (
    <span className="mt-1 block truncate text-muted text-xs tabular-nums" title={words.join(" · ")}>
      {words.join(" · ")}
    </span>
  );
}

function secondsOf({ startedAt, finishedAt }: RunStage) {
  return finishedAt ? (finishedAt.getTime() - startedAt.getTime()) / 1000 : null;
}

function rate({ rows }: RunStage, seconds: number | null) {
  if (!rows || !seconds) return NOTHING;
  return formatCount(Math.round(rows / seconds));
}
