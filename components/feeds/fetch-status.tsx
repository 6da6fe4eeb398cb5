import { StatusDot, type Tone } from "@/components/ui/status";
import type { FetchOutcome } from "@/prisma/generated/sqlite/enums";

const STATES: Record<FetchOutcome, { words: string; tone: Tone }> = {
  running: { words: "fetching", tone: "blue" },
  received: { words: "new files", tone: "green" },
  unchanged: { words: "unchanged", tone: "idle" },
  waiting: { words: "not there yet", tone: "amber" },
  failed: { words: "failed", tone: "red" },
  cancelled: { words: "cancelled", tone: "idle" },
};

export function FetchStatus({ outcome }: { outcome: FetchOutcome }) {
  const { words, tone } = STATES[outcome];
  return <StatusDot tone={tone}>{words}</StatusDot>;
}
