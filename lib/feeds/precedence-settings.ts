import "server-only";
import { recordAudit } from "@/lib/audit";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db, type Reader, transaction } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import { AppError } from "@/lib/errors";
import { Precedence, type PrecedenceSettings, precedenceSettings } from "./precedence";

const KEY = "feeds.precedence";

/** The order of the sources as it stands, read once per run of the pipeline. */
export async function loadPrecedence(on: Reader): Promise<Precedence> {
  const sources = await on.feedSource.findMany({ select: { id: true, kind: true }, orderBy: { createdAt: "asc" } });
  return new Precedence(sources, await readSettings(on));
}

/** What is set, and the sources it speaks of. */
export async function getPrecedence(actor: Actor) {
  assertCan(actor, "sync:read");
  const [sources, settings] = await Promise.all([
    db.feedSource.findMany({
      where: { isActive: true },
      select: { id: true, name: true, kind: true },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    }),
    readSettings(db),
  ]);
  return { sources, settings };
}

/**
 * Sets which source rules which field, from the next run on.
 * @throws {AppError} `conflict` when somebody else changed the order since `from` was shown
 */
export async function savePrecedence(actor: Actor, { from, to }: { from: PrecedenceSettings; to: PrecedenceSettings }) {
  assertCan(actor, "feed:run");
  return transaction(async (tx) => {
    await lockName(tx, KEY);
    const current = await readSettings(tx);
    if (canonical(current) !== canonical(from)) {
      throw new AppError(
        "conflict",
        "Somebody else changed the order meanwhile. Reload to see it, then change it again.",
      );
    }
    const ids = [...to.commerce, ...to.content, ...Object.values(to.fields).flat()];
    const known = new Set(
      (await tx.feedSource.findMany({ where: { id: { in: ids } }, select: { id: true } })).map(({ id }) => id),
    );
    if (ids.some((id) => !known.has(id))) {
      throw new AppError("invalid_input", "The order names a source that is not there. Reload and try again.");
    }
    const value = canonical(to);
    const description = "Which source rules which field: ids, the ruling one first.";
    await tx.configuration.upsert({
      where: { key: KEY },
      create: { key: KEY, value, dataType: "json", description, category: "feeds" },
      update: { value },
    });
    await recordAudit(
      tx,
      actor,
      "feed.precedence",
      { entity: "Configuration", entityId: KEY },
      { before: current, after: to },
    );
    return {};
  });
}

async function readSettings(on: Reader): Promise<PrecedenceSettings> {
  const stored = await on.configuration.findUnique({ where: { key: KEY }, select: { value: true } });
  return precedenceSettings.parse(stored ? JSON.parse(stored.value) : {});
}

/** The same order is the same text, whatever the order of its fields; empty lists say nothing. */
function canonical({ commerce, content, fields }: PrecedenceSettings): string {
  const named = Object.entries(fields).filter(([, ids]) => ids.length > 0);
  return JSON.stringify({ commerce, content, fields: Object.fromEntries(named.sort(([a], [b]) => (a < b ? -1 : 1))) });
}
