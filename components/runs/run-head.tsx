import { Download } from "lucide-react";
import Link from "next/link";
import { PageHead } from "@/components/frame/page-head";
import { ExportLinks } from "@/components/history/export-links";
import { buttonClass } from "@/components/ui/button";
import { Badge } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { formatCount, formatPlural } from "@/lib/format";
import { hrefWith } from "@/lib/href";
import type { RunDetail } from "@/lib/sync/queries";
import { countItems, runFound, runSummaryParts } from "@/lib/sync/run-words";
import { MOST_PLANNED } from "@/lib/sync/undo/preview-undo";
import type { UndoState } from "@/lib/sync/undo/undo-state";
import { BackupLine } from "./backup-line";
import { HeldReasons } from "./held-reasons";
import { ReviewButtons } from "./review-buttons";
import { RunBar } from "./run-bar";
import { RunFacts } from "./run-facts";
import { RunStatus } from "./run-status";
import { UndoButton } from "./undo-button";
import { UndoWords } from "./undo-words";
import { WithdrawButton } from "./withdraw-button";

type Props = {
  run: RunDetail;
  mayReview: boolean;
  /** Why the reader can't approve it, as a sentence. */
  whyNot: string | null;
  /** The reader proposed it. */
  mayWithdraw: boolean;
  undo: UndoState;
};

/** A run's headline: what it is, what it found, what can be done about it. */
export function RunHead({ run, mayReview, whyNot, mayWithdraw, undo }: Props) {
  return (
    <>
      <PageHead
        crumbs={[
          { href: "/syncs", label: "Syncs" },
          { href: `/syncs/${run.number}`, label: `Run ${run.number}` },
        ]}
        title={
          <>
            {undo.isUndo ? `Undo for ${run.source}` : run.source},{" "}
            <Time at={run.startedAt ?? run.createdAt} format="short" />
          </>
        }
        meta={
          <>
            <RunStatus run={run} />
            {run.isDryRun && <Badge>dry run, nothing written</Badge>}
          </>
        }
        actions={
          <>
            {Object.keys(run.kinds).length > 0 && (
              <ExportLinks path={`/api/sync-logs/${run.number}/export`} label="this run's changes" />
            )}
            {run.rejections > 0 && run.feedSourceId !== null && (
              // A file download: the router has no business here.
              <a href={`/api/sync-logs/${run.number}/rejections`} className={buttonClass()} download>
                <Download aria-hidden />
                Rejected rows
              </a>
            )}
            {undo.canUndo && mayReview && (
              <UndoButton
                runId={run.id}
                number={run.number}
                source={run.source}
                isLarge={(run.states.applied ?? 0) > MOST_PLANNED}
                isDeletion={run.syncType === "purge"}
              />
            )}
            {run.status === "review" && mayWithdraw && <WithdrawButton runId={run.id} />}
            {run.status === "review" && mayReview && (
              <ReviewButtons
                runId={run.id}
                changes={run.waiting}
                shownAt={run.shownAt.toISOString()}
                heldReason={run.heldReason}
                whyNot={whyNot}
              />
            )}
          </>
        }
      />
      <UndoWords undo={undo} />
      {run.retries && (
        <p className="px-4 pb-3">
          Tries refused rows of{" "}
          <Link href={`/syncs/${run.retries.number}?tab=rejected`} className="text-accent underline">
            run {run.retries.number}
          </Link>{" "}
          again.
        </p>
      )}
      {!undo.isUndo && <Summary run={run} />}
      {whyNot && (
        <p id="why-not" className="px-4 pb-3 text-amber">
          {whyNot}
        </p>
      )}
      {run.backup && <BackupLine backup={run.backup} />}
      {/* Its messages say what the words above say with links. */}
      {undo.isUndo && (
        <>
          <Reasons run={{ ...run, messages: [] }} />
          <div className="px-4 pb-3">
            <RunFacts run={run} />
          </div>
        </>
      )}
    </>
  );
}

function Summary({ run }: { run: RunDetail }) {
  const found = runFound(run);
  const items = countItems(found.counts);
  // A planned deletion has deleted nothing yet: its reason says what it would.
  if (items === 0 || (run.syncType === "purge" && run.status === "review")) {
    return (
      <>
        <Reasons run={run} />
        <div className="px-4 pb-3">
          <RunFacts run={run} />
        </div>
      </>
    );
  }
  const { news, rest } = runSummaryParts(found.counts);
  return (
    <div className="grid gap-2 px-4 pb-3">
      <p className="tabular max-w-[110ch]">
        {found.of === "product" ? formatPlural(items, "product") : formatPlural(items, "category", "categories")}:{" "}
        <b className="font-semibold">{news.replace(/^Nothing/, "nothing")}</b>
        {rest && `; ${rest}`}. {found.of === "product" && categoryWords(run)}
      </p>
      <LeftOut run={run} />
      <Reasons run={run} isNested />
      <RunBar found={found} />
      <RunFacts run={run} />
    </div>
  );
}

/** The words above tell what was found; what a run that is through did not make of it stands here. */
function LeftOut({ run }: { run: RunDetail }) {
  const { skipped = 0, failed = 0 } = run.states;
  if (run.status !== "partial" || skipped + failed === 0) return null;
  const state = skipped === 0 ? "failed" : failed === 0 ? "skipped" : undefined;
  const [were, say] = skipped + failed === 1 ? ["was", "it says"] : ["were", "each says"];
  return (
    <p className="text-amber">
      {formatPlural(skipped + failed, "change")} {were} not made:{" "}
      <Link href={hrefWith(`/syncs/${run.number}`, { state })} className="underline">
        {say} why
      </Link>
      .
    </p>
  );
}

/** Why it waits, failed, or had nothing to do. */
function Reasons({ run, isNested = false }: { run: RunDetail; isNested?: boolean }) {
  const failures = run.status === "failed" || run.status === "cancelled" ? run.errors : [];
  if (!run.heldReason && failures.length === 0 && run.messages.length === 0) return null;
  return (
    <div className={isNested ? "grid gap-1" : "grid gap-1 px-4 pb-3"}>
      {run.heldReason && (run.status === "review" || run.isDryRun) && <HeldReasons reason={run.heldReason} />}
      {failures.map((failure) => (
        <p key={failure.text} role="alert" className="max-w-[110ch] text-red">
          {failure.text}
        </p>
      ))}
      {run.messages.map((message) => (
        <p key={message.text} className="max-w-[110ch] text-muted">
          {message.text}
        </p>
      ))}
    </div>
  );
}

function categoryWords({ categories }: RunDetail) {
  if (!categories) return "";
  const { created, updated } = categories;
  if (created + updated === 0) return "No category changed.";
  const parts = [created > 0 && `${formatCount(created)} added`, updated > 0 && `${formatCount(updated)} changed`];
  return `Categories: ${parts.filter(Boolean).join(", ")}.`;
}
