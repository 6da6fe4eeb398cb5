import "server-only";
import { createHmac } from "node:crypto";
import { request as httpRequest, type IncomingMessage, STATUS_CODES } from "node:http";
import { request as httpsRequest } from "node:https";
import { env } from "@/lib/env";
import { CheckedConnections, INTERNET, type Network } from "@/lib/images/network";
import { PictureError } from "@/lib/images/picture-error";
import { openSecret, sealedSecret } from "@/lib/secrets";
import { appAddress } from "../app-address";
import type { Batch } from "./batch";
import { ChannelError } from "./channel-error";

/** Said of a host inside, behind its name. */
export const PRIVATE_REFUSAL = "lies in a private network. STOCKROOM_PRIVATE_WEBHOOKS=on allows that.";

/** From the first byte to the answer, in milliseconds. */
export const WEBHOOK_TIMEOUT_MS = 10_000;

/**
 * Posts a batch to a webhook: JSON, signed as `t=<seconds>,v1=<hex>` over `<seconds>.<body>` by HMAC-SHA256 with the
 * channel's secret. Follows no redirect and reaches no private address, unless STOCKROOM_PRIVATE_WEBHOOKS is on.
 * @throws {ChannelError}
 */
export async function postWebhook(batch: Batch, signal: AbortSignal, timeoutMs = WEBHOOK_TIMEOUT_MS) {
  const { channel, deliveryId } = batch;
  const url = new URL(channel.address);
  const body = JSON.stringify(bodyOf(batch));
  const at = Math.floor(Date.now() / 1000);
  const secret = openSecret(sealedSecret.parse(JSON.parse(channel.secret ?? "null")));
  const headers = {
    "Content-Type": "application/json",
    "Content-Length": Buffer.byteLength(body),
    "User-Agent": "Stockroom",
    "X-Stockroom-Delivery": deliveryId,
    "X-Stockroom-Timestamp": String(at),
    "X-Stockroom-Signature": `t=${at},v1=${signatureOf(secret, at, body)}`,
  };
  const timeout = AbortSignal.timeout(timeoutMs);
  const connections = new CheckedConnections(network());
  try {
    const agent = await connections.agentFor(url);
    const answer = await post(url, body, { agent, headers, signal: AbortSignal.any([signal, timeout]) });
    const status = answer.statusCode ?? 0;
    answer.destroy();
    if (status >= 200 && status < 300) return;
    throw new ChannelError(refusalOf(url.host, status));
  } catch (error) {
    signal.throwIfAborted();
    if (timeout.aborted) throw new ChannelError(`${url.host} did not answer within ${timeoutMs / 1000} seconds.`);
    throw inWords(error, url.host);
  } finally {
    connections.close();
  }
}

/** What a receiver computes as well, and compares. */
export function signatureOf(secret: string, at: number, body: string) {
  return createHmac("sha256", secret).update(`${at}.${body}`).digest("hex");
}

function bodyOf({ deliveryId, notifications }: Batch) {
  return {
    delivery_id: deliveryId,
    notifications: notifications.map(({ id, kind, title, body, href, createdAt }) => ({
      id,
      kind,
      title,
      body,
      url: appAddress(href),
      created_at: createdAt.toISOString(),
    })),
  };
}

function network(): Network {
  const isOpen = env().STOCKROOM_PRIVATE_WEBHOOKS === "on";
  return {
    ...INTERNET,
    mayReach: isOpen ? () => true : INTERNET.mayReach,
    refusal: PRIVATE_REFUSAL,
  };
}

function post(
  url: URL,
  body: string,
  options: { agent: Awaited<ReturnType<CheckedConnections["agentFor"]>>; headers: object; signal: AbortSignal },
) {
  const request = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise<IncomingMessage>((resolve, reject) => {
    const sent = request(url, { method: "POST", ...options, headers: { ...options.headers } }, (answer) => {
      answer.on("error", () => undefined);
      resolve(answer);
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

function refusalOf(host: string, status: number) {
  const words = `${host} answered ${status} ${STATUS_CODES[status] ?? ""}`.trim();
  return status >= 300 && status < 400
    ? `${words}: redirects are not followed. Enter the address it leads to.`
    : `${words}.`;
}

/** A failure of the line in words; of the address no more than the host, for the rest may be secret. */
function inWords(error: unknown, host: string): unknown {
  if (error instanceof ChannelError) return error;
  if (error instanceof PictureError) return new ChannelError(error.message, { cause: error });
  if (!(error instanceof Error && "code" in error)) return error;
  const code = String(error.code);
  if (/CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO/.test(code)) {
    return new ChannelError(`${host} shows no valid certificate (${code}).`, { cause: error });
  }
  if (code === "ECONNREFUSED") return new ChannelError(`${host} takes no connection.`, { cause: error });
  return new ChannelError(`The connection to ${host} broke (${code}).`, { cause: error });
}
