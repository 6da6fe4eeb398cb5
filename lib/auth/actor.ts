import { AppError } from "@/lib/errors";
import type { Role } from "@/prisma/generated/sqlite/enums";

/** Who acts: a signed-in person, or the system (worker, command line). */
export type Actor =
  | {
      kind: "user";
      userId: string;
      email: string;
      name: string;
      role: Role;
      /** The device's session; null for a token. */
      sessionId: string | null;
      /** A token with the scope `read` can't write, whatever its owner's role. */
      scopes: readonly ("read" | "write")[];
    }
  | { kind: "system"; name: string };

export const SYSTEM: Actor = { kind: "system", name: "system" };

/** The one table of who may do what. Server checks and the screens' `can` read it. */
const GRANTS = {
  "catalog:read": ["staff", "manager", "admin"],
  "sync:read": ["staff", "manager", "admin"],
  "job:read": ["staff", "manager", "admin"],
  "inbox:write": ["staff", "manager", "admin"],
  "account:own": ["staff", "manager", "admin"],
  "view:own": ["staff", "manager", "admin"],
  "catalog:propose": ["staff", "manager", "admin"],
  "catalog:write": ["manager", "admin"],
  "feed:run": ["manager", "admin"],
  "sync:review": ["manager", "admin"],
  "job:control": ["manager", "admin"],
  "user:manage": ["admin"],
  "settings:manage": ["admin"],
  "data:purge": ["admin"],
} as const satisfies Record<string, readonly Role[]>;

export type Grant = keyof typeof GRANTS;

const WRITES: readonly Grant[] = [
  "inbox:write",
  "view:own",
  "catalog:propose",
  "catalog:write",
  "feed:run",
  "sync:review",
  "job:control",
  "user:manage",
  "settings:manage",
  "data:purge",
];

export function can(actor: Actor, grant: Grant): boolean {
  if (actor.kind === "system") return true;
  if (WRITES.includes(grant) && !actor.scopes.includes("write")) return false;
  return (GRANTS[grant] as readonly Role[]).includes(actor.role);
}

/** The roles that have a right. */
export function rolesWith(grant: Grant): readonly Role[] {
  return GRANTS[grant];
}

/** The first line of every query and mutation. @throws {AppError} `forbidden` */
export function assertCan(actor: Actor, grant: Grant) {
  if (!can(actor, grant)) {
    throw new AppError("forbidden", "Your role does not allow this. Ask an admin if you need it.");
  }
}

/** Null for the system: rows that name a person name none. */
export function actorUserId(actor: Actor): string | null {
  return actor.kind === "user" ? actor.userId : null;
}
