import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { contains } from "@/lib/db/contains";
import { FEED_KINDS } from "@/lib/feeds/kind-words";
import { formatPlural } from "@/lib/format";
import type { FeedSource, Prisma } from "@/prisma/generated/sqlite/client";
import { type ChoiceSource, MOST_CHOICES, UUID } from "./choice-source";
import type { Choice } from "./choices";

/** Feeds that `fits` says yes to. A shop has some dozens: they are read whole. */
export function sources(fits: (connection: unknown) => boolean): ChoiceSource {
  const read = (where: Prisma.FeedSourceWhereInput) =>
    db.feedSource.findMany({ where, orderBy: [{ name: "asc" }, { id: "asc" }], take: 1_000 });
  const toChoice = ({ id, name, kind }: FeedSource): Choice => {
    return { value: id, label: name, detail: FEED_KINDS[kind].label, href: `/feeds/${id}` };
  };
  return {
    async find(_, q) {
      const found = await read({ isActive: true, ...(q ? { name: contains(q) } : {}) });
      return found
        .filter(({ connection }) => fits(connection))
        .slice(0, MOST_CHOICES)
        .map(toChoice);
    },
    async get(_, text) {
      const found = await read({ OR: [{ id: text }, { name: text }] });
      const [one, ...more] = found.filter(({ connection }) => fits(connection));
      return one && more.length === 0 ? toChoice(one) : null;
    },
  };
}

/** Runs by their number or source, newest first. */
export function runs(where: Prisma.SyncHistoryWhereInput): ChoiceSource {
  const select = { id: true, number: true, source: true, status: true, heldReason: true, processed: true } as const;
  type Row = Prisma.SyncHistoryGetPayload<{ select: typeof select }>;
  const toChoice = ({ id, number, source, status, heldReason, processed }: Row): Choice => ({
    value: id,
    label: `Run ${number}: ${source}`,
    detail: status === "review" && heldReason ? `Held: ${heldReason}` : formatPlural(processed, "row"),
    href: `/syncs/${number}`,
  });
  return {
    async find(_, q) {
      const number = /^\d{1,9}$/.test(q) ? Number(q) : null;
      const words = number === null ? (q ? { source: contains(q) } : {}) : { number };
      const found = await db.syncHistory.findMany({
        where: { AND: [where, words] },
        select,
        orderBy: { number: "desc" },
        take: MOST_CHOICES,
      });
      return found.map(toChoice);
    },
    async get(_, text) {
      const number = text.replace(/^run /i, "");
      const one = UUID.test(text) ? { id: text } : /^\d{1,9}$/.test(number) ? { number: Number(number) } : null;
      const found = one && (await db.syncHistory.findFirst({ where: one, select }));
      return found && toChoice(found);
    },
  };
}

const heldRow = { id: true, externalKey: true, label: true, name: true, run: { select: { source: true } } } as const;
const isHeld: Prisma.SyncChangeWhereInput = { openSince: { not: null }, kind: { in: ["ambiguous", "unmatched"] } };

function heldChoice({ id, externalKey, label, name, run }: Prisma.SyncChangeGetPayload<{ select: typeof heldRow }>) {
  return { value: String(id), label: `${label || externalKey}: ${name}`, detail: `${externalKey} of ${run.source}` };
}

async function findHeldRows(_: Actor, q: string): Promise<Choice[]> {
  const words = q ? { OR: [{ label: contains(q) }, { name: contains(q) }, { externalKey: contains(q) }] } : {};
  const found = await db.syncChange.findMany({
    where: { AND: [isHeld, words] },
    select: heldRow,
    orderBy: { id: "asc" },
    take: MOST_CHOICES,
  });
  return found.map(heldChoice);
}

async function getHeldRow(_: Actor, text: string): Promise<Choice | null> {
  const id = /^\d{1,15}$/.test(text) ? Number(text) : null;
  const byKey = { externalKey: text, ...isHeld };
  const [found, ...more] = await db.syncChange.findMany({
    where: id === null ? byKey : { OR: [{ id }, byKey] },
    select: heldRow,
    orderBy: { id: "asc" },
    take: 2,
  });
  return found && more.length === 0 ? heldChoice(found) : null;
}

/** Rows whose product nobody has named yet. */
export const heldRows: ChoiceSource = { find: findHeldRows, get: getHeldRow };
