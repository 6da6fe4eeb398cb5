import "server-only";
import { type Tx, transaction } from "@/lib/db/client";
import { log } from "@/lib/log";

const underWay = new Map<string, Promise<void>>();

/** Writes what nobody waits for ("last seen"). One write a row at a time; a failed one is made up for by the next request. */
export function noteLater(id: string, write: (tx: Tx) => Promise<unknown>) {
  if (underWay.has(id)) return;
  const done = transaction(write)
    .then(() => undefined)
    .catch((error) => log.error("note.write-failed", error, { id }))
    .finally(() => underWay.delete(id));
  underWay.set(id, done);
}

/** Resolves when all notes so far are written. */
export async function notesWritten() {
  await Promise.all(underWay.values());
}
