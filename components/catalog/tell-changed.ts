import { undoRunAction } from "@/app/(dashboard)/syncs/actions";
import { answerOf } from "@/components/ui/answer-of";
import { showToast } from "@/components/ui/toast";
import type { CategoryOperation } from "@/lib/categories/category-operation";
import type { CategoryChanged } from "@/lib/categories/change-category";
import { formatPlural } from "@/lib/format";
import { TYPED_FROM } from "@/lib/sync/undo/undoable";

interface Ways {
  open: (href: string) => void;
  undone: () => Promise<void>;
}

/** Says what was done, with Undo; a large change is undone on its run's page, behind its preview. */
export async function tellChanged(
  kind: CategoryOperation["kind"],
  name: string,
  changed: CategoryChanged,
  { open, undone }: Ways,
) {
  const href = `/syncs/${changed.number}`;
  const toRun = { label: `Open run ${changed.number}`, onClick: () => open(href) };
  if (changed.isQueued) {
    return showToast(`Merging “${name}”: ${formatPlural(changed.products, "product")}`, { action: toRun });
  }
  const isLarge = changed.products >= TYPED_FROM;
  const undo = { label: "Undo", onClick: () => void takeBack(changed, { open, undone }) };
  await showToast(`${DONE[kind]} “${name}”`, { action: isLarge ? toRun : undo });
}

const DONE = {
  create: "Created",
  rename: "Renamed to",
  move: "Moved",
  merge: "Merged",
  archive: "Archived",
  restore: "Restored",
} as const;

async function takeBack({ runId, number }: CategoryChanged, { open, undone }: Ways) {
  const result = await answerOf(undoRunAction({ runId }));
  if (!result.ok) return showToast(result.error.message, { tone: "error" });
  const { jobId } = result.data;
  const toRun = { label: "Open it", onClick: () => open(`/syncs/${result.data.number}`) };
  if (!(await hasEnded(jobId))) {
    return showToast(`Undoing run ${number} as run ${result.data.number}`, { action: toRun });
  }
  await undone();
  await showToast(`Run ${number} is undone`, { action: toRun });
}

const LOOKS = 40;
const BETWEEN_MS = 250;

/** The worker takes it up within a second; false when it has not ended in ten. */
async function hasEnded(jobId: string): Promise<boolean> {
  for (let look = 0; look < LOOKS; look++) {
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
    // No answer is no end: the next look asks again.
    const answer = await fetch(`/api/jobs/${jobId}`).catch(() => null);
    const job: { status?: string } | null = answer?.ok ? await answer.json() : null;
    if (job?.status === "completed") return true;
    if (job?.status === "failed" || job?.status === "cancelled") return false;
  }
  return false;
}
