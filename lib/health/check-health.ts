import "server-only";
import { log } from "@/lib/log";
import packageJson from "../../package.json" with { type: "json" };
import { listProblems } from "./problems";

/** Monitors may ask as often as they like: the database is asked once in this time, in milliseconds. */
const KEPT_MS = 5_000;
/** A database that says nothing for this long is not available, in milliseconds. */
const PATIENCE_MS = 2_000;

export interface Health {
  /** `degraded`: usable, but something needs a person. */
  status: "healthy" | "degraded" | "unhealthy";
  database: "ok" | "unavailable";
  version: string;
}

let kept: { at: number; health: Promise<Health> } | undefined;

/** How the system is, at most some seconds ago. Never throws: being unable to tell is an answer. */
export function checkHealth(now = Date.now()): Promise<Health> {
  if (!kept || now - kept.at >= KEPT_MS) kept = { at: now, health: look() };
  return kept.health;
}

async function look(): Promise<Health> {
  const { version } = packageJson;
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer within ${PATIENCE_MS} ms.`)), PATIENCE_MS);
  });
  try {
    const problems = await Promise.race([listProblems(), tooLate]);
    return { status: problems.length === 0 ? "healthy" : "degraded", database: "ok", version };
  } catch (error) {
    // Whatever it is, it is what was asked for.
    log.error("health.failed", error);
    return { status: "unhealthy", database: "unavailable", version };
  } finally {
    clearTimeout(timer);
  }
}
