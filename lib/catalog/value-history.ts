import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { fieldLabel } from "@/lib/sync/field-words";
import { type Export, type ExportFormat, exportAs } from "@/lib/sync/history/export";
import { editedValues, writtenLines } from "./list-changes";
import { peopleById } from "./source-words";
import { unknownBefore } from "./unknown-before";

/** What has a history of figures, in the order of the charts. */
export const TRACKED = ["priceCents", "compareAtPriceCents", "costPriceCents", "inventoryQuantity"] as const;
export type TrackedField = (typeof TRACKED)[number];

/** A figure that a field took on. */
export interface ValueStep {
  at: Date;
  field: TrackedField;
  /** Cents or pieces; null: unknown. */
  before: number | null;
  after: number | null;
  /** A person's name, or what the run is called. */
  who: string;
  run: number | null;
}

export interface ValueHistory {
  /** Oldest first. */
  steps: ValueStep[];
  /** What each field holds now. */
  now: Record<TrackedField, number | null>;
  /** Why what was before the first step is not known, as a sentence; null when it is. */
  unknown: string | null;
}

/** Changes and edits looked through; older ones are left out. */
const MOST_EVENTS = 5_000;

/** Every price and stock that a product had, and who gave it. @throws {AppError} `not_found` */
export async function getValueHistory(actor: Actor, productId: string): Promise<ValueHistory> {
  assertCan(actor, "catalog:read");
  const product = await db.product.findUnique({
    where: { id: productId },
    select: {
      createdAt: true,
      createdById: true,
      createdByRun: { select: { number: true, source: true } },
      priceCents: true,
      compareAtPriceCents: true,
      costPriceCents: true,
      inventoryQuantity: true,
    },
  });
  if (!product) throw new AppError("not_found", "There is no such product.");
  const { createdAt, createdById, createdByRun, ...now } = product;
  const [changes, entries, unknown] = await Promise.all([
    db.syncChange.findMany({
      where: {
        entityId: productId,
        entity: "product",
        state: { in: ["applied", "reverted"] },
        appliedAt: { not: null },
      },
      select: {
        appliedAt: true,
        detail: { select: { fields: true } },
        run: { select: { number: true, source: true, userId: true, feedSourceId: true } },
      },
      orderBy: { id: "desc" },
      take: MOST_EVENTS,
    }),
    db.auditEntry.findMany({
      where: { entity: "product", entityId: productId },
      select: { createdAt: true, before: true, after: true, userId: true, actorName: true },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: MOST_EVENTS,
    }),
    unknownBefore(createdAt),
  ]);
  const people = await peopleById([
    ...(createdById ? [createdById] : []),
    ...entries.flatMap(({ userId }) => userId ?? []),
    ...changes.flatMap(({ run }) => (run.feedSourceId === null && run.userId) || []),
  ]);
  const events = [
    ...changes.map(({ appliedAt, detail, run }) => {
      const person = run.feedSourceId === null && run.userId ? people.get(run.userId) : undefined;
      const facts = { at: appliedAt ?? createdAt, who: person ?? run.source, run: run.number };
      return { facts, lines: writtenLines(detail?.fields) };
    }),
    ...entries.map((entry) => {
      const who = (entry.userId && people.get(entry.userId)) || entry.actorName;
      return { facts: { at: entry.createdAt, who, run: null }, lines: editedValues(entry) };
    }),
  ];
  const steps = events
    .toReversed()
    .sort((a, b) => a.facts.at.getTime() - b.facts.at.getTime())
    .flatMap(({ facts, lines }) =>
      lines.flatMap(({ field, before, after }): ValueStep[] =>
        isTracked(field) ? [{ ...facts, field, before: figure(before), after: figure(after) }] : [],
      ),
    )
    .filter(({ before, after }) => before !== after);
  if (unknown !== null) return { steps, now, unknown };
  const who = createdByRun?.source ?? (createdById && people.get(createdById)) ?? "system";
  const begin = { at: createdAt, who, run: createdByRun?.number ?? null };
  return { steps: [...beginnings(steps, now, begin), ...steps], now, unknown };
}

/** What a field held before its first change on record, from when the product was made. */
function beginnings(
  steps: ValueStep[],
  now: Record<TrackedField, number | null>,
  begin: Pick<ValueStep, "at" | "who" | "run">,
): ValueStep[] {
  return TRACKED.flatMap((field) => {
    const first = steps.find((step) => step.field === field);
    const after = first ? first.before : now[field];
    return after === null ? [] : [{ ...begin, field, before: null, after }];
  });
}

function isTracked(field: string): field is TrackedField {
  return (TRACKED as readonly string[]).includes(field);
}

function figure(value: string | number | boolean | null): number | null {
  return typeof value === "number" ? value : null;
}

const COLUMNS = {
  at: ({ at }: ValueStep) => at,
  field: ({ field }: ValueStep) => fieldLabel(field),
  before: ({ field, before }: ValueStep) => units(field, before),
  after: ({ field, after }: ValueStep) => units(field, after),
  by: ({ who }: ValueStep) => who,
  run: ({ run }: ValueStep) => run,
};

/** The same as a file, a line per step; prices in whole units of the currency. @throws {AppError} `not_found` */
export async function exportValueHistory(actor: Actor, productId: string, format: ExportFormat): Promise<Export> {
  assertCan(actor, "catalog:read");
  const { steps } = await getValueHistory(actor, productId);
  const product = await db.product.findUniqueOrThrow({ where: { id: productId }, select: { sku: true } });
  async function* rows() {
    yield* steps;
  }
  return exportAs(`${product.sku.replace(/[^\w.-]+/g, "-")}-prices-and-stock`, format, COLUMNS, rows());
}

function units(field: TrackedField, value: number | null) {
  return value !== null && field !== "inventoryQuantity" ? value / 100 : value;
}
