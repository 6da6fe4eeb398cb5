import "server-only";
import { engine, type Tx } from "./client";
import { execute } from "./raw";

/**
 * Keeps other writers off a table until this transaction ends, for rules over many rows ("one admin remains").
 * SQLite has one writer at a time anyway. Readers are never held up.
 */
export async function lockRows(tx: Tx, table: "User" | "Category" | "LoginThrottle") {
  if (engine() === "postgresql") await execute(tx, `LOCK TABLE "${table}" IN SHARE ROW EXCLUSIVE MODE`);
}
