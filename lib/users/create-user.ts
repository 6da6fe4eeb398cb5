import "server-only";
import { z } from "zod";
import { recordAudit } from "@/lib/audit";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { assertPasswordAcceptable, hashPassword } from "@/lib/auth/passwords";
import { type Tx, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/failure";

export const newUser = z.object({
  email: z
    .string()
    .trim()
    .toLowerCase()
    .max(254, "Use at most 254 characters.")
    .pipe(z.email("Enter an e-mail address.")),
  /** Without @, so that nobody's username is another's e-mail. */
  username: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9][a-z0-9._-]{1,49}$/, "Use 2 to 50 letters, digits, dots, hyphens or underscores."),
  firstName: z.string().trim().max(80, "Use at most 80 characters.").default(""),
  lastName: z.string().trim().max(80, "Use at most 80 characters.").default(""),
  role: z.enum(["staff", "manager", "admin"]),
});
export type NewUser = z.input<typeof newUser>;

/** @throws {AppError} `invalid_input`, `conflict` for a taken e-mail or username, `forbidden` */
export async function createUser(actor: Actor, given: NewUser & { password: string }): Promise<{ id: string }> {
  assertCan(actor, "user:manage");
  const user = parseInput(newUser, given);
  assertPasswordAcceptable(given.password, [user.email, user.username]);
  const passwordHash = await hashPassword(given.password);
  return transaction((tx) => insertUser(tx, actor, user, passwordHash));
}

/** The row and its audit entry; the password was hashed before, because that takes long. */
export async function insertUser(tx: Tx, actor: Actor, user: z.output<typeof newUser>, passwordHash: string) {
  await assertNamesFree(tx, user);
  const created = await tx.user.create({ data: { ...user, passwordHash }, select: { id: true } });
  const { email, username, role } = user;
  const target = { entity: "user", entityId: created.id };
  await recordAudit(tx, actor, "user.create", target, { after: { email, username, role } });
  return created;
}

async function assertNamesFree(tx: Tx, { email, username }: { email: string; username: string }) {
  for (const [field, value] of [
    ["email", email],
    ["username", username],
  ] as const) {
    const taken = await tx.user.findFirst({ where: { [field]: value }, select: { id: true } });
    if (taken) {
      const sentence = `Somebody already has ${value}. Choose another.`;
      throw new AppError("conflict", sentence, { fields: { [field]: sentence } });
    }
  }
}
