import "server-only";
import { randomInt } from "node:crypto";
import { SYSTEM } from "@/lib/auth/actor";
import { hashPassword } from "@/lib/auth/passwords";
import { db, transaction } from "@/lib/db/client";
import { lockRows } from "@/lib/db/lock-rows";
import { env } from "@/lib/env";
import type { Role } from "@/prisma/generated/sqlite/enums";
import { insertUser } from "./create-user";

export type FirstUser = { email: string; role: Role; password: string };

const DEMO = [
  { role: "admin", firstName: "Ada", lastName: "Admin" },
  { role: "manager", firstName: "Max", lastName: "Manager" },
  { role: "staff", firstName: "Sam", lastName: "Staff" },
] as const;
/** Without the letters and digits that are read for one another. */
const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

/**
 * The sign-ins of a database that has no user yet; their passwords are given this once.
 * With the sample an admin, a manager and a staff member, else the admin alone. An empty list when there are users.
 */
export async function ensureFirstUsers(options: { demo?: boolean } = {}): Promise<FirstUser[]> {
  // Every later start ends here, before the slow hashing.
  if (await db.user.findFirst({ select: { id: true } })) return [];
  // Every start but the first ends here: hashing takes longer than the rest of it.
  if (await db.user.findFirst({ select: { id: true } })) return [];
  const isDemo = options.demo ?? env().STOCKROOM_DEMO === "on";
  const people = DEMO.filter(({ role }) => isDemo || role === "admin");
  const prepared = await Promise.all(
    people.map(async (person) => {
      const password = env().STOCKROOM_DEMO_PASSWORD ?? randomPassword();
      return { person, password, passwordHash: await hashPassword(password) };
    }),
  );
  return transaction(async (tx) => {
    // Two first starts at once: the second finds the first's users.
    await lockRows(tx, "User");
    if (await tx.user.findFirst({ select: { id: true } })) return [];
    const created: FirstUser[] = [];
    for (const { person, password, passwordHash } of prepared) {
      const email = `${person.role}@stockroom.local`;
      await insertUser(tx, SYSTEM, { ...person, email, username: person.role }, passwordHash);
      created.push({ email, role: person.role, password });
    }
    return created;
  });
}

/** Four groups of four: 79 bits, and easy to read from a terminal. */
export function randomPassword(): string {
  const group = () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join("");
  return [group(), group(), group(), group()].join("-");
}
