"use client";

import { ArrowDownToLine, Copy, Download } from "lucide-react";
import { useEffect, useRef, useState, useTransition } from "react";
import { Button, buttonClass } from "@/components/ui/button";
import { copyText } from "@/components/ui/copy-text";
import { Input, Select } from "@/components/ui/input";
import { showToast } from "@/components/ui/toast";
import { cn } from "@/lib/class-names";
import { formatPlural } from "@/lib/format";
import type { LineLevel } from "@/lib/jobs/job-lines";
import type { JobLine } from "@/lib/jobs/list-lines";
import { LogLines } from "./log-lines";
import { askLines, useLogSearch } from "./use-log-search";

/** So near the end, in pixels, a reader follows the log. */
const NEAR_END = 40;

type Props = {
  jobId: string;
  lines: JobLine[];
  /** Lines in front that the page does not have. */
  linesBefore: number;
  isOpen: boolean;
};

const LEVELS: { value: LineLevel; label: string }[] = [
  { value: "info", label: "All lines" },
  { value: "warning", label: "Warnings and errors" },
  { value: "error", label: "Errors" },
];

/** A job's log: searched, narrowed to what is worse, copied, downloaded, followed to its end. */
export function JobLog({ jobId, lines, linesBefore, isOpen }: Props) {
  const [level, setLevel] = useState<LineLevel>("info");
  const [q, setQ] = useState("");
  const [earlier, setEarlier] = useState<JobLine[]>([]);
  const [isFollowing, setFollowing] = useState(isOpen);
  const [isAsking, startAsking] = useTransition();
  const box = useRef<HTMLDivElement>(null);
  const found = useLogSearch(jobId, { level, q });
  const isSought = q !== "" || level !== "info";
  const all = [...earlier, ...lines];
  const shown = isSought
    ? merged(
        found?.lines ?? [],
        all.filter((line) => fits(line, level, q)),
      )
    : all;
  const left = linesBefore - earlier.length;
  const lastId = shown.at(-1)?.id;

  useEffect(
    function followTheEnd() {
      // A new line, or a new search, moves the end.
      if (lastId !== undefined && isFollowing && box.current) box.current.scrollTop = box.current.scrollHeight;
    },
    [lastId, isFollowing],
  );

  function showEarlier() {
    if (isAsking) return;
    startAsking(async () => {
      try {
        const part = await askLines(jobId, { before: all[0]?.id });
        setEarlier((known) => [...part.lines, ...known]);
      } catch (error) {
        await showToast(error instanceof Error ? error.message : "The log could not be read.", { tone: "error" });
      }
    });
  }

  async function copy() {
    const isCopied = await copyText(shown.map(({ at, level, text }) => `${at} ${level} ${text}`).join("\n"));
    if (isCopied) await showToast(`${formatPlural(shown.length, "line")} copied`);
  }

  return (
    <section aria-labelledby="job-log" className="flex min-h-0 flex-col border-t">
      <div className="flex flex-wrap items-center gap-2 px-4 py-2">
        <h2 id="job-log" className="mr-auto text-sm font-semibold">
          Log
        </h2>
        <Input
          type="search"
          aria-label="Search the log"
          placeholder="Search the log"
          value={q}
          maxLength={100}
          onChange={(event) => setQ(event.target.value)}
          className="w-44 max-sm:flex-1"
        />
        <Select
          aria-label="Which lines"
          value={level}
          onChange={(event) => setLevel(levelOf(event.target.value))}
          className="w-auto"
        >
          {LEVELS.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
        {isOpen && (
          <Button
            aria-pressed={isFollowing}
            onClick={() => setFollowing(!isFollowing)}
            className={cn(isFollowing && "text-accent")}
          >
            <ArrowDownToLine aria-hidden />
            {isFollowing ? "Following" : "Follow"}
          </Button>
        )}
        <Button size="icon" aria-label="Copy the lines shown" title="Copy the lines shown" onClick={copy}>
          <Copy aria-hidden />
        </Button>
        {/* A file download: the router has no business here. */}
        <a
          href={`/api/jobs/${jobId}/log`}
          download
          aria-label="Download the whole log"
          title="Download the whole log"
          className={buttonClass({ size: "icon" })}
        >
          <Download aria-hidden />
        </a>
      </div>
      <div
        ref={box}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable without a mouse
        tabIndex={0}
        className="scroller max-h-[min(60vh,560px)] min-h-24 border-t border-line-soft bg-panel px-4 py-2"
        onScroll={() => setFollowing(isOpen && isNearEnd(box.current))}
      >
        {!isSought && left > 0 && (
          <Button variant="ghost" size="small" onClick={showEarlier} aria-disabled={isAsking}>
            {isAsking ? "Reading earlier lines…" : `Show earlier lines (${formatPlural(left, "line")} left)`}
          </Button>
        )}
        {found?.problem && (
          <p role="alert" className="text-red">
            {found.problem}
          </p>
        )}
        {found?.hasMore && <p className="text-faint">Only the newest of the lines that fit. The download has all.</p>}
        <LogLines lines={shown} sought={q} />
        {shown.length === 0 && !found?.problem && (
          <p className="text-muted">{emptyWords(isSought, isSought && !found, isOpen)}</p>
        )}
      </div>
    </section>
  );
}

function emptyWords(isSought: boolean, isAsking: boolean, isOpen: boolean) {
  if (isAsking) return "Looking…";
  if (isSought) return "No line fits.";
  return isOpen ? "Nothing written yet." : "This job wrote no lines, or they were kept long enough and are gone.";
}

function isNearEnd(element: HTMLElement | null) {
  return element !== null && element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
}

function levelOf(value: string): LineLevel {
  return LEVELS.find((one) => one.value === value)?.value ?? "info";
}

function fits(line: JobLine, level: LineLevel, q: string) {
  const order = LEVELS.map(({ value }) => value);
  return order.indexOf(line.level) >= order.indexOf(level) && line.text.toLowerCase().includes(q.toLowerCase());
}

/** Both in their order, each line once: what the server found, and what came since. */
function merged(found: JobLine[], known: JobLine[]) {
  const lines = new Map([...found, ...known].map((line) => [line.id, line]));
  return [...lines.values()].sort((a, b) => a.id - b.id);
}
