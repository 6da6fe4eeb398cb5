import "server-only";
import { z } from "zod";
import { type Actor, actorUserId, assertCan } from "@/lib/auth/actor";
import { db, type Reader, transaction } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import { AppError } from "@/lib/errors";
import { NOTIFICATION_KIND_NAMES, type NotificationKind } from "./kinds";

const kind = z.enum(NOTIFICATION_KIND_NAMES);

/** Configuration `notifications.off.<user id>`: kinds that this person does not want to be told of. */
const offKinds = z
  .array(z.string())
  // One of an earlier version means nothing any more.
  .transform((kinds) => NOTIFICATION_KIND_NAMES.filter((each) => kinds.includes(each)));
export const preferencesInput = z.object({ off: z.array(kind).max(NOTIFICATION_KIND_NAMES.length) });

function keyOf(userId: string) {
  return `notifications.off.${userId}`;
}

/** The kinds that the actor does not want to be told of. */
export async function getPreferences(actor: Actor): Promise<NotificationKind[]> {
  assertCan(actor, "account:own");
  const userId = actorUserId(actor) ?? "";
  return [...((await offKindsOf(db, [userId])).get(userId) ?? [])];
}

/** Sets what the actor is told of. One's own settings: the last save counts. */
export async function savePreferences(actor: Actor, { off }: z.output<typeof preferencesInput>) {
  assertCan(actor, "account:own");
  const userId = actorUserId(actor);
  if (!userId) throw new AppError("forbidden", "Notifications are set by whoever signs in to read them.");
  const value = JSON.stringify(NOTIFICATION_KIND_NAMES.filter((each) => off.includes(each)));
  await transaction(async (tx) => {
    await lockName(tx, "notifications");
    const description = "Kinds of notification that a person does not want.";
    await tx.configuration.upsert({
      where: { key: keyOf(userId) },
      create: { key: keyOf(userId), value, dataType: "json", description, category: "notifications" },
      update: { value },
      select: { key: true },
    });
  });
}

/** What these people don't want, by person. */
export async function offKindsOf(
  on: Reader,
  userIds: readonly string[],
): Promise<Map<string, ReadonlySet<NotificationKind>>> {
  const rows = await on.configuration.findMany({ where: { key: { in: userIds.map(keyOf) } } });
  return new Map(
    rows.map(({ key, value }) => [key.slice(keyOf("").length), new Set(offKinds.parse(JSON.parse(value)))]),
  );
}
