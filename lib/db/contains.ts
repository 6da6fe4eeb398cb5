import "server-only";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { engine } from "./client";

/** A text with `part` somewhere in it, whatever the case: SQLite's LIKE minds none of ASCII's, PostgreSQL must be told. */
export function contains(part: string): Prisma.StringFilter {
  // `mode` is unknown to the client generated for SQLite; PostgreSQL's takes it.
  return engine() === "sqlite" ? { contains: part } : ({ contains: part, mode: "insensitive" } as Prisma.StringFilter);
}
