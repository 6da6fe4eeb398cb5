import "server-only";
import { z } from "zod";
import { recordAudit } from "@/lib/audit";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db, type Reader, transaction } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import { AppError } from "@/lib/errors";
import { openSecret, sealedSecret, sealSecret } from "@/lib/secrets";
import { emailAddress } from "./channel-input";

const KEY = "notifications.smtp";

const server = {
  host: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9.:-]{1,255}$/, "Enter the mail server's name, like smtp.example.com."),
  port: z.int("Enter a port like 587.").min(1, "Enter a port like 587.").max(65_535, "Enter a port like 587."),
  /** `tls` from the first byte (usually port 465), `starttls` after a greeting (587), `none` in the clear. */
  security: z.enum(["tls", "starttls", "none"]),
  /** Empty: the server asks for no login. */
  user: z.string().trim().max(200),
  from: emailAddress,
  fromName: z
    .string()
    .trim()
    .max(80)
    .regex(/^[^\r\n<>"]*$/, "Leave quotes and angle brackets out."),
};
const stored = z.object({ ...server, revision: z.int(), password: sealedSecret.nullable() });

export const mailSettingsInput = z.object({
  ...server,
  /** Absent: as saved, for the same server and user alone. */
  password: z.string().max(1_000).optional(),
});
export type MailSettingsInput = z.output<typeof mailSettingsInput>;
export const mailSettingsChange = z.object({ settings: mailSettingsInput, revision: z.int().nullable() });

export type MailServer = Omit<z.output<typeof stored>, "password" | "revision"> & { password: string | null };

/** How mail is sent, for the screen: of the password no more than its last four characters. Null where nothing is set up. */
export async function getMailSettings(actor: Actor) {
  assertCan(actor, "settings:manage");
  const settings = await readStored(db);
  if (!settings) return null;
  const { password, ...shown } = settings;
  return { ...shown, password: password && { lastFour: password.lastFour } };
}
export type MailSettings = NonNullable<Awaited<ReturnType<typeof getMailSettings>>>;

/** Whether there is a mail server at all: what everybody may know. */
export async function hasMailServer(actor: Actor) {
  assertCan(actor, "account:own");
  return (await db.configuration.count({ where: { key: KEY } })) > 0;
}

/** @throws {AppError} `conflict` when somebody changed them since `revision` was shown */
export async function saveMailSettings(actor: Actor, { settings, revision }: z.output<typeof mailSettingsChange>) {
  assertCan(actor, "settings:manage");
  await transaction(async (tx) => {
    await lockName(tx, "notifications");
    const before = await readStored(tx);
    if ((before?.revision ?? null) !== revision) {
      throw new AppError("conflict", "Somebody changed the mail server meanwhile. Load the page again and look first.");
    }
    const { password: typed, ...facts } = settings;
    const password = typed === undefined ? keptPassword(settings, before) : typed === "" ? null : sealSecret(typed);
    const value = JSON.stringify({ ...facts, password, revision: (before?.revision ?? 0) + 1 });
    const description = "The server that sends e-mail; its password is sealed.";
    const row = { value, dataType: "json", description, category: "notifications", isEncrypted: true };
    await tx.configuration.upsert({ where: { key: KEY }, create: { key: KEY, ...row }, update: row });
    const target = { entity: "Configuration", entityId: KEY };
    await recordAudit(tx, actor, "mail.change", target, {
      ...(before && { before: auditable(before) }),
      after: { ...facts, passwordChanged: typed !== undefined },
    });
  });
}

/** The server to send with, its password opened. @throws {AppError} `conflict` where nothing is set up */
export async function readMailServer(): Promise<MailServer> {
  const settings = await readStored(db);
  if (!settings) throw new AppError("conflict", "No mail server is set up. An admin does that under Notifications.");
  return { ...settings, password: settings.password && openSecret(settings.password) };
}

/** What was typed, with the saved password where none was. @throws {AppError} `invalid_input` on `password` */
export async function mailServerOf(settings: MailSettingsInput): Promise<MailServer> {
  const { password, ...facts } = settings;
  if (password !== undefined) return { ...facts, password: password || null };
  const kept = keptPassword(settings, await readStored(db));
  return { ...facts, password: kept && openSecret(kept) };
}

/** A saved password goes to the server it was saved for and to no other. */
function keptPassword(settings: MailSettingsInput, before: z.output<typeof stored> | null) {
  if (!before?.password) return null;
  const isSame = (["host", "port", "user", "security"] as const).every((key) => before[key] === settings[key]);
  if (isSame) return before.password;
  const message = "Enter the password again. What was saved belongs to the former server and user alone.";
  throw new AppError("invalid_input", message, { fields: { password: message, "settings.password": message } });
}

function auditable({ host, port, security, user, from, fromName }: z.output<typeof stored>) {
  return { host, port, security, user, from, fromName };
}

async function readStored(on: Reader) {
  const row = await on.configuration.findUnique({ where: { key: KEY }, select: { value: true } });
  return row ? stored.parse(JSON.parse(row.value)) : null;
}
