import "server-only";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import type { Batch } from "./batch";
import { ChannelError } from "./channel-error";
import { claimBatches } from "./claim-batches";
import { postWebhook } from "./post-webhook";
import { sendMail } from "./send-mail";
import { releaseBatch, settleProblem, settleSent } from "./settle-batch";

interface Options {
  now?: Date;
  /** Of one step of a conversation; the usual 10 seconds. */
  timeoutMs?: number;
  /** Channels that are left out. */
  busy?: readonly string[];
}

/** What is on its way through one channel. */
interface Sending {
  channelId: string;
  messages: number;
  work: Promise<unknown>;
}

/**
 * Sends what is due through the channels, several side by side, and writes how each went. Gives how many messages it
 * tried. Whoever dies in between has sent a message at most once more, under the same id.
 */
export async function deliverDue(signal: AbortSignal, options: Options = {}): Promise<number> {
  const sendings = await beginDue(signal, options);
  await Promise.all(sendings.map(({ work }) => work));
  return sendings.reduce((sum, { messages }) => sum + messages, 0);
}

/** As deliverDue, but waits for none: each channel's messages end by themselves. */
export async function beginDue(signal: AbortSignal, { now, timeoutMs, busy }: Options = {}): Promise<Sending[]> {
  const byChannel = new Map<string, Batch[]>();
  for (const batch of await claimBatches(now, busy)) {
    byChannel.set(batch.channel.id, [...(byChannel.get(batch.channel.id) ?? []), batch]);
  }
  return [...byChannel].map(([channelId, batches]) => ({
    channelId,
    messages: batches.length,
    work: Promise.all(batches.map((batch) => deliver(batch, signal, { now, timeoutMs }))),
  }));
}

async function deliver(batch: Batch, signal: AbortSignal, { now, timeoutMs }: Options) {
  const { channel, deliveryId, attempts } = batch;
  try {
    if (batch.recipient === null) {
      const problem = "The person whose channel it is, is switched off.";
      return await settleProblem(batch, { problem, isFinal: true }, now);
    }
    await (channel.kind === "webhook" ? postWebhook : sendMail)(batch, signal, timeoutMs);
  } catch (error) {
    if (signal.aborted) return await releaseBatch(batch, now);
    const isExpected = error instanceof ChannelError || error instanceof AppError;
    const problem = isExpected ? error.message : `Something went wrong (ref ${deliveryId.slice(-8)}).`;
    if (isExpected) log.warn("delivery.refused", { channelId: channel.id, deliveryId, attempts, problem });
    else log.error("delivery.failed", error, { channelId: channel.id, deliveryId });
    return await settleProblem(batch, { problem }, now);
  }
  await settleSent(batch, now);
}
