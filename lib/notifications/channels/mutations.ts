import "server-only";
import { randomBytes } from "node:crypto";
import { isIP } from "node:net";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit";
import { type Actor, actorUserId, assertCan } from "@/lib/auth/actor";
import { type Tx, transaction } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { isPublicAddress } from "@/lib/images/network";
import { sealSecret } from "@/lib/secrets";
import type { NotificationChannel, Prisma } from "@/prisma/generated/sqlite/client";
import { SHOP, TEST_KIND } from "../kinds";
import type { ChannelInput, channelChange, ownEmailInput, seenChannel } from "./channel-input";
import { nextDigest } from "./digest";
import { PRIVATE_REFUSAL } from "./post-webhook";

type Seen = z.output<typeof seenChannel>;

/** Makes a channel of the shop's. A webhook's secret is given this once and kept sealed. */
export async function createChannel(
  actor: Actor,
  channel: ChannelInput,
): Promise<{ id: string; secret: string | null }> {
  assertCan(actor, "settings:manage");
  assertAllowed(channel);
  const secret = channel.kind === "webhook" ? newSecret() : null;
  return transaction(async (tx) => {
    const { id } = await tx.notificationChannel.create({
      data: { ...channel, secret: secret && JSON.stringify(sealSecret(secret)), nextDigestAt: nextDigest(channel) },
      select: { id: true },
    });
    await note(tx, actor, "channel.create", id, { after: auditable(channel) });
    return { id, secret };
  });
}

/** @throws {AppError} `not_found`, `conflict` when somebody changed it meanwhile */
export async function changeChannel(
  actor: Actor,
  { channelId, version, channel, isPaused }: z.output<typeof channelChange>,
) {
  assertCan(actor, "settings:manage");
  assertAllowed(channel);
  await transaction(async (tx) => {
    const before = await shopChannelOrThrow(tx, channelId);
    if (before.kind !== channel.kind) throw new AppError("conflict", "A channel stays what it is. Make another one.");
    const data = { ...channel, isPaused, lastProblem: null, nextDigestAt: nextDigest(channel) };
    await write(tx, before, version, data);
    const after = { ...auditable(channel), isPaused };
    await note(tx, actor, "channel.change", channelId, {
      before: { ...auditable(before), isPaused: before.isPaused },
      after,
    });
  });
}

/** What waits to be sent through it goes with it. */
export async function deleteChannel(actor: Actor, { channelId, version }: Seen) {
  assertCan(actor, "settings:manage");
  await transaction(async (tx) => {
    const before = await shopChannelOrThrow(tx, channelId);
    const { count } = await tx.notificationChannel.deleteMany({ where: { id: channelId, version } });
    if (count === 0) throw changedMeanwhile(before.name);
    await note(tx, actor, "channel.delete", channelId, { before: auditable(before) });
  });
}

/** A new secret for a webhook, given this once; calls are signed with it from now on. */
export async function renewChannelSecret(actor: Actor, { channelId, version }: Seen): Promise<{ secret: string }> {
  assertCan(actor, "settings:manage");
  const secret = newSecret();
  await transaction(async (tx) => {
    const before = await shopChannelOrThrow(tx, channelId);
    if (before.kind !== "webhook") throw new AppError("conflict", "Only calls of a webhook are signed.");
    await write(tx, before, version, { secret: JSON.stringify(sealSecret(secret)) });
    await note(tx, actor, "channel.renew-secret", channelId);
  });
  return { secret };
}

/**
 * Sets the actor's own e-mail channel: it goes to the address of the profile.
 * @throws {AppError} `conflict` when it was set elsewhere meanwhile
 */
export async function saveOwnEmail(actor: Actor, { isOn, version, ...timing }: z.output<typeof ownEmailInput>) {
  assertCan(actor, "account:own");
  const userId = actorUserId(actor);
  if (actor.kind !== "user" || !userId) throw new AppError("forbidden", "Only a person has an e-mail address.");
  await transaction(async (tx) => {
    await lockName(tx, "notifications");
    const before = await tx.notificationChannel.findFirst({ where: { userId, kind: "email" } });
    if ((before?.version ?? null) !== version) throw changedMeanwhile("your e-mail");
    const data = {
      ...timing,
      isPaused: !isOn,
      address: actor.email,
      lastProblem: null,
      nextDigestAt: nextDigest(timing),
    };
    const { id } = before
      ? await tx.notificationChannel.update({
          where: { id: before.id },
          data: { ...data, version: { increment: 1 } },
          select: { id: true },
        })
      : await tx.notificationChannel.create({
          data: { ...data, kind: "email", name: "My e-mail", userId },
          select: { id: true },
        });
    await note(tx, actor, "channel.own", id, { after: { isOn, digest: timing.digest } });
  });
}

/** Sends a notification that says only that this works, the way that all go: by the worker. */
export async function requestChannelTest(actor: Actor, { channelId }: { channelId: string }) {
  assertCan(actor, "account:own");
  await transaction(async (tx) => {
    const channel = await tx.notificationChannel.findUnique({ where: { id: channelId } });
    const isOwn = channel !== null && channel.userId !== null && channel.userId === actorUserId(actor);
    if (!isOwn) assertCan(actor, "settings:manage");
    if (!channel || (channel.userId !== null && !isOwn)) throw noSuchChannel();
    if (channel.isPaused) throw new AppError("conflict", `${channel.name} is paused. Let it go on first.`);
    await tx.notification.create({
      data: {
        userId: SHOP,
        kind: TEST_KIND,
        title: `A test of ${channel.name}`,
        body: `${actor.name} asked for it. Nothing happened in the shop.`,
        href: "/notifications",
        deliveries: { create: { channelId } },
      },
      select: { id: true },
    });
  });
}

/** Has a failed delivery tried again, with all its tries. @throws {AppError} `conflict` when it did not fail */
export async function retryDelivery(actor: Actor, { deliveryId }: { deliveryId: number }) {
  assertCan(actor, "settings:manage");
  await transaction(async (tx) => {
    const { count } = await tx.notificationDelivery.updateMany({
      where: { id: deliveryId, status: "failed", channel: { userId: null } },
      data: { status: "waiting", attempts: 0, nextAt: new Date(), problem: null },
    });
    if (count === 0) throw new AppError("conflict", "This delivery did not fail, or is gone. Load the page again.");
    await recordAudit(tx, actor, "delivery.retry", { entity: "NotificationDelivery", entityId: String(deliveryId) });
  });
}

/** Without TLS whoever listens reads along, and what lies inside is not called: unless who runs the server allowed it. */
function assertAllowed({ kind, address }: ChannelInput) {
  if (kind !== "webhook" || env().STOCKROOM_PRIVATE_WEBHOOKS === "on") return;
  const { protocol, hostname } = new URL(address);
  const host = hostname.replace(/^\[|\]$/g, "");
  const isInside = host === "localhost" || (isIP(host) !== 0 && !isPublicAddress(host));
  if (protocol === "https:" && !isInside) return;
  const message = isInside ? `${hostname} ${PRIVATE_REFUSAL}` : "Use an address that begins with https://.";
  throw new AppError("invalid_input", message, { fields: { address: message, "channel.address": message } });
}

async function shopChannelOrThrow(tx: Tx, id: string) {
  const channel = await tx.notificationChannel.findUnique({ where: { id } });
  if (!channel || channel.userId !== null) throw noSuchChannel();
  return channel;
}

async function write(
  tx: Tx,
  before: NotificationChannel,
  version: number,
  data: Prisma.NotificationChannelUpdateManyMutationInput,
) {
  const { count } = await tx.notificationChannel.updateMany({
    where: { id: before.id, version },
    data: { ...data, version: { increment: 1 } },
  });
  if (count === 0) throw changedMeanwhile(before.name);
}

function noSuchChannel() {
  return new AppError("not_found", "There is no such channel.");
}

function changedMeanwhile(name: string) {
  return new AppError("conflict", `Somebody changed ${name} meanwhile. Load the page again and look before you save.`);
}

function newSecret() {
  return `whsec_${randomBytes(32).toString("base64url")}`;
}

/** Of a webhook's address no more than the host: the rest may be what lets a caller in. */
function auditable({ kind, name, address, kinds, digest, timeZone, hour }: ChannelInput | NotificationChannel) {
  const place = kind === "webhook" && URL.canParse(address) ? new URL(address).host : address;
  // A list of words, by its schema.
  return { kind, name, place, kinds: kinds as string[], digest, timeZone, hour };
}

function note(
  tx: Tx,
  actor: Actor,
  action: string,
  entityId: string,
  values: { before?: Prisma.InputJsonValue; after?: Prisma.InputJsonValue } = {},
) {
  return recordAudit(tx, actor, action, { entity: "NotificationChannel", entityId }, values);
}
