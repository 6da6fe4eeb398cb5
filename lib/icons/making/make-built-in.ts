import "server-only";
import { db } from "@/lib/db/client";
import type { IconGeneration } from "@/prisma/generated/sqlite/client";
import { composeIcon } from "../built-in/compose-icon";
import { iconLook } from "../icon-look";
import { readIconSettings } from "../icon-settings";
import { storeIcon } from "../icon-store";
import { type Claimed, claimNext } from "./claim";
import type { Making } from "./making";
import type { Outcome } from "./settle";

/** Pictures whose outcome is written together. */
const BATCH = 25;
/** Drawn and written side by side: while one waits for the disk, another is drawn. */
const AT_ONCE = 5;

/** Composes what is left of a batch on this machine. What is written stays, wherever it is stopped. */
export async function makeBuiltIn({ batch, makeAnew, report, settle }: Making) {
  const settings = await readIconSettings(db);
  for (;;) {
    await report();
    const claimed = await claimNext(batch, settings, { count: BATCH, taken: new Set(), makeAnew });
    if (claimed.length === 0) return;
    const outcomes: Outcome[] = [];
    for (let at = 0; at < claimed.length; at += AT_ONCE) {
      outcomes.push(...(await Promise.all(claimed.slice(at, at + AT_ONCE).map(make))));
    }
    await settle(outcomes);
  }
}

async function make({ generation, made, problem }: Claimed): Promise<Outcome> {
  const facts = { generation, seconds: 0, costMicros: 0, attempts: generation.attempts };
  if (problem) return { ...facts, is: "skipped", problem };
  if (made) return { ...facts, is: "known", made };
  const began = performance.now();
  const { png, symbol, word } = await compose(generation);
  const stored = await storeIcon(png);
  const seconds = (performance.now() - began) / 1_000;
  return { ...facts, seconds, attempts: 1, is: "made", stored, metadata: { provider: "built-in", symbol, word } };
}

function compose(generation: IconGeneration) {
  // Its look was checked when it was asked for.
  const look = iconLook.parse(generation);
  return composeIcon(generation.categoryPath.split(" > "), look, generation.variation);
}
