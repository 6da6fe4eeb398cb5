import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { changeFields, type FieldChange } from "@/lib/sync/change";
import { lacksForNew } from "@/lib/sync/match-queue/new-product";
import { type CandidateView, listCandidates } from "@/lib/sync/match-queue/suggest";
import { rawExcerpt } from "@/lib/sync/raw-excerpt";
import { asksPerson, isUnknownCategory } from "./asks-person";
import { subjectNumber } from "./inbox-row";
import { kindOf } from "./list-inbox";

/** Longest part of a refused row that is shown, in characters; its run's page has it whole. */
const RAW_LENGTH = 4_000;

interface Place {
  run: number;
  source: string;
  file: string | null;
  line: number | null;
}

export interface ConflictLine {
  field: string;
  /** What the feed had said when the person chose. */
  keptOver: FieldChange["before"];
  mine: FieldChange["before"];
  feed: FieldChange["after"];
  type: string | undefined;
  /** How it was settled; null while it is open. */
  answered: FieldChange["answered"] | null;
  /** The feed names a category that nobody knows: only keeping is possible here. */
  isUnknownCategory: boolean;
}

export type InboxItem =
  | {
      kind: "match";
      place: Place;
      changeId: number;
      key: string;
      title: string;
      reason: string;
      lines: FieldChange[];
      codes: { type: string; code: string }[];
      candidates: CandidateView[];
      /** What the row lacks to become a new product; null when nothing. */
      lacks: string | null;
      /** What the feed gives for it. */
      given: { sku: string | null; name: string | null };
      answer: string | null;
    }
  | {
      kind: "conflict";
      place: Place;
      changeId: number;
      product: ProductFacts;
      lines: ConflictLine[];
      answer: string | null;
    }
  | {
      kind: "missing";
      place: Place;
      changeId: number;
      product: ProductFacts;
      reason: string;
      /** Other sources that list it still. */
      otherSources: string[];
      answer: string | null;
    }
  | {
      kind: "refused";
      place: Place;
      rejectionId: number;
      column: string | null;
      code: string;
      reason: string;
      raw: string;
      answer: string | null;
    }
  | { kind: "review" | "failed"; title: string; reason: string; href: string; answer: string | null };

interface ProductFacts {
  id: string;
  sku: string;
  name: string;
  status: string;
}

/** One thing of the inbox with what is needed to decide; null when there is no such thing (any more). */
export async function getInboxItem(actor: Actor, subject: string): Promise<InboxItem | null> {
  assertCan(actor, "sync:read");
  const [what = "", id = ""] = subject.split(":");
  if (what === "change") return changeItem(actor, subjectNumber(subject));
  if (what === "rejection") return rejectionItem(subjectNumber(subject));
  return what === "run" ? runItem(id) : fetchItem(id);
}

/** What was said about it, the oldest first. */
export async function listComments(actor: Actor, subject: string) {
  assertCan(actor, "sync:read");
  return db.inboxComment.findMany({
    where: { subject },
    select: { id: true, author: true, text: true, createdAt: true },
    orderBy: { id: "asc" },
    take: 200,
  });
}

async function changeItem(actor: Actor, id: number): Promise<InboxItem | null> {
  const change = await db.syncChange.findUnique({
    where: { id },
    include: { detail: true, run: { select: { number: true, source: true } } },
  });
  if (!change) return null;
  const fields = changeFields.parse(change.detail?.fields ?? {});
  const place = { run: change.run.number, source: change.run.source, file: change.file, line: change.line };
  const kind = kindOf(change.kind);
  if (kind === "match") {
    const item = fields.item ?? null;
    return {
      kind,
      place,
      changeId: id,
      key: change.externalKey,
      title: change.name || change.externalKey,
      reason: change.reason ?? "",
      lines: fields.update ?? [],
      codes: item?.codes ?? [],
      candidates: await listCandidates(actor, item, fields.candidates ?? []),
      lacks: lacksForNew(item),
      given: { sku: item?.sku ?? null, name: item?.fields.name ?? item?.title ?? null },
      answer: change.answer,
    };
  }
  const product = await db.product.findUnique({
    where: { id: change.entityId ?? "" },
    select: {
      id: true,
      sku: true,
      name: true,
      status: true,
      sourceItems: { where: { missingRuns: 0 }, select: { source: { select: { name: true } } } },
    },
  });
  if (!product) return null;
  const { sourceItems, ...facts } = product;
  if (kind === "missing") {
    const otherSources = sourceItems.map((item) => item.source.name);
    const reason = change.reason ?? "";
    return { kind, place, changeId: id, product: facts, reason, otherSources, answer: change.answer };
  }
  const lines = (fields.update ?? []).filter(asksPerson).map(conflictLine);
  return { kind, place, changeId: id, product: facts, lines, answer: change.answer };
}

function conflictLine(line: FieldChange): ConflictLine {
  return {
    field: line.field,
    keptOver: line.beforeSource?.keptOver ?? null,
    mine: line.before,
    feed: line.after,
    type: line.type,
    answered: line.answered ?? null,
    isUnknownCategory: isUnknownCategory(line),
  };
}

async function rejectionItem(id: number): Promise<InboxItem | null> {
  const row = await db.syncRejection.findUnique({
    where: { id },
    include: { run: { select: { number: true, source: true } } },
  });
  if (!row) return null;
  const later = row.handledByRunId
    ? await db.syncHistory.findUnique({ where: { id: row.handledByRunId }, select: { number: true } })
    : null;
  return {
    kind: "refused",
    place: { run: row.run.number, source: row.run.source, file: row.file, line: row.line },
    rejectionId: id,
    column: row.column,
    code: row.code,
    reason: row.reason,
    raw: rawExcerpt(row.raw, RAW_LENGTH),
    answer: later ? `handled by run ${later.number}` : row.dismissedAt ? "set aside" : null,
  };
}

async function runItem(id: string): Promise<InboxItem | null> {
  const run = await db.syncHistory.findUnique({
    where: { id },
    select: { number: true, source: true, status: true, heldReason: true, errors: true },
  });
  if (!run) return null;
  const href = `/syncs/${run.number}`;
  if (run.status === "failed") {
    const [first] = Array.isArray(run.errors) ? run.errors : [];
    const reason = typeof first === "string" ? first : "The run did not end. Its page says how far it came.";
    return { kind: "failed", title: `Run ${run.number} of ${run.source} failed`, reason, href, answer: null };
  }
  const reason = run.heldReason ?? "Nothing of it is in the catalogue until a manager approves it.";
  const answer = run.status === "review" ? null : `the run is ${run.status}`;
  return { kind: "review", title: `Run ${run.number} of ${run.source} waits for review`, reason, href, answer };
}

async function fetchItem(id: string): Promise<InboxItem | null> {
  const fetch = await db.feedFetch.findUnique({
    where: { id },
    select: { sourceId: true, message: true, source: { select: { name: true } } },
  });
  if (!fetch) return null;
  return {
    kind: "failed",
    title: `${fetch.source.name} could not be fetched`,
    reason: fetch.message,
    href: `/feeds/${fetch.sourceId}`,
    answer: null,
  };
}
