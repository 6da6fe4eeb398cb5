import { text as readText } from "node:stream/consumers";
import { SYSTEM } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/failure";
import { setPassword } from "@/lib/users/change-user";
import { createUser, newUser } from "@/lib/users/create-user";
import { randomPassword } from "@/lib/users/first-users";
import { openDatabase } from "./open-database";
import type { Outcome } from "./outcome";
import type { NewUserOptions } from "./program";

/** Adds a person who signs in. The password is printed only when it was made here. */
export async function addUser(email: string, options: NewUserOptions): Promise<Outcome> {
  await openDatabase();
  const username = options.username ?? email.split("@")[0];
  const person = parseInput(newUser, { ...options, email, username });
  const { password, made } = await choosePassword(options);
  const { id } = await createUser(SYSTEM, { ...person, password });
  const value = { id, email: person.email, username: person.username, role: person.role, ...made };
  const text = `Added ${person.email} (${person.role}).${made.password ? ` Password, shown this once: ${password}` : ""}`;
  return { ok: true, value, text };
}

/** Sets a person's password; every device and token of theirs is signed out. */
export async function changePassword(login: string, options: { passwordStdin?: boolean }): Promise<Outcome> {
  await openDatabase();
  const user = await userByLogin(login);
  const { password, made } = await choosePassword(options);
  await setPassword(SYSTEM, { userId: user.id, password });
  const text = `${user.email} signs in with the new password.${made.password ? ` Shown this once: ${password}` : ""}`;
  return { ok: true, value: { id: user.id, email: user.email, ...made }, text };
}

/** @throws {AppError} `not_found` */
export async function userByLogin(login: string) {
  const name = login.trim().toLowerCase();
  const user = await db.user.findFirst({
    where: { OR: [{ email: name }, { username: name }] },
    select: { id: true, email: true },
  });
  if (!user) throw new AppError("not_found", `There is no user "${login}". Give the e-mail or username of one.`);
  return user;
}

async function choosePassword({ passwordStdin }: { passwordStdin?: boolean }) {
  if (!passwordStdin) {
    const password = randomPassword();
    return { password, made: { password } };
  }
  const password = (await readText(process.stdin)).replace(/\r?\n$/, "");
  if (password === "") throw new AppError("invalid_input", "No password came on standard input. Pipe one in.");
  return { password, made: {} as { password?: string } };
}
