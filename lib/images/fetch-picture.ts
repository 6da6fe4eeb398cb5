import "server-only";
import { get as httpGet, type IncomingMessage, STATUS_CODES } from "node:http";
import { get as httpsGet } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { formatDuration } from "@/lib/format";
import { assertSize, type KeptPicture, keepPicture } from "./image-store";
import { CheckedConnections, INTERNET, type Network } from "./network";
import { PictureError } from "./picture-error";

const MAX_REDIRECTS = 5;
/** Answers after which a later try may do better. */
const BUSY = new Set([408, 425, 429, 500, 502, 503, 504]);
const DECODERS = { gzip: createGunzip, "x-gzip": createGunzip, deflate: createInflate, br: createBrotliDecompress };

let present = INTERNET;

/** The network that pictures are fetched from. */
export function presentNetwork(): Network {
  return present;
}

/** Puts another network in the internet's place: a test's own server lies where nothing is fetched from. */
export function replaceNetwork(network: Network) {
  present = network;
}

interface Options {
  network: Network;
  connections: CheckedConnections;
  signal?: AbortSignal;
}

/**
 * Fetches a picture from the public internet and keeps it: size, time, address and type are checked on the way, at
 * every redirect anew. Three tries where a later one may do better.
 * @throws {PictureError} why it can't be had
 */
export async function fetchPicture(address: string, options: Options): Promise<KeptPicture> {
  for (let tries = 0; ; tries++) {
    try {
      return await fetchOnce(address, options);
    } catch (error) {
      const pauseMs = options.network.retryMs[tries];
      if (!(error instanceof PictureError && error.isTemporary) || pauseMs === undefined) throw error;
      await sleep(pauseMs, undefined, { signal: options.signal });
    }
  }
}

/** One picture by itself, with connections of its own. @throws {PictureError} */
export async function fetchOnePicture(address: string, signal?: AbortSignal): Promise<KeptPicture> {
  const network = presentNetwork();
  const connections = new CheckedConnections(network);
  try {
    return await fetchPicture(address, { network, connections, signal });
  } finally {
    connections.close();
  }
}

async function fetchOnce(address: string, { network, connections, signal }: Options): Promise<KeptPicture> {
  const timeout = AbortSignal.timeout(network.totalMs);
  const within = signal ? AbortSignal.any([signal, timeout]) : timeout;
  let url = parseAddress(address);
  try {
    for (let redirects = 0; ; redirects++) {
      const answer = await ask(url, network, connections, within);
      const next = redirectOf(answer, url);
      if (!next) return await keepAnswer(answer, url, network, within);
      answer.destroy();
      if (redirects >= MAX_REDIRECTS)
        throw new PictureError(`${url.host} sends on and on. Use the picture's own address.`);
      url = next;
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw inWords(error, url, timeout.aborted ? network.totalMs : null);
  }
}

/** @throws {PictureError} for what is no address of a public web server */
export function parseAddress(address: string): URL {
  const given = address.trim();
  if (!URL.canParse(given)) {
    throw new PictureError(`"${given.slice(0, 100)}" is no address. Expected is one like https://….`);
  }
  const url = new URL(given);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new PictureError(`Pictures are fetched by http and https only, not by ${url.protocol.replace(":", "")}.`);
  }
  if (url.username || url.password) {
    throw new PictureError("The address holds a password. Use one that needs none.");
  }
  return url;
}

async function ask(url: URL, network: Network, connections: CheckedConnections, signal: AbortSignal) {
  const agent = await connections.agentFor(url);
  const get = url.protocol === "https:" ? httpsGet : httpGet;
  const headers = { Accept: "image/avif,image/webp,image/png,image/jpeg,image/gif", "User-Agent": "Stockroom" };
  return new Promise<IncomingMessage>((resolve, reject) => {
    let answer: IncomingMessage | undefined;
    const request = get(url, { agent, headers, signal, timeout: network.silentMs }, (begun) => {
      answer = begun;
      begun.on("error", leftToReader);
      resolve(begun);
    });
    request.on("timeout", () => {
      const error = silent(url, network.silentMs);
      answer?.destroy(error);
      request.destroy(error);
    });
    request.on("error", reject);
  });
}

function redirectOf(answer: IncomingMessage, url: URL): URL | null {
  if (![301, 302, 303, 307, 308].includes(answer.statusCode ?? 0)) return null;
  const { location } = answer.headers;
  if (!location || !URL.canParse(location, url)) {
    throw new PictureError(`${url.host} sends on to nowhere. Use the picture's own address.`);
  }
  return parseAddress(new URL(location, url).href);
}

async function keepAnswer(answer: IncomingMessage, url: URL, network: Network, signal: AbortSignal) {
  try {
    const status = answer.statusCode ?? 0;
    if (status !== 200) {
      const words = `${url.host} answered ${status} ${STATUS_CODES[status] ?? ""}`.trim();
      throw new PictureError(`${words}.`, { isTemporary: BUSY.has(status) });
    }
    assertSize(Number(answer.headers["content-length"] ?? 0), network.limitBytes);
    return await keepPicture(decoded(answer, url), { limitBytes: network.limitBytes, signal });
  } finally {
    answer.destroy();
  }
}

/** Unpacked as it comes: what is counted and limited is what is written. */
function decoded(answer: IncomingMessage, url: URL): AsyncIterable<Uint8Array> {
  const encoding = (answer.headers["content-encoding"] ?? "identity").trim().toLowerCase();
  if (encoding === "identity" || encoding === "") return answer;
  if (!(encoding in DECODERS))
    throw new PictureError(`${url.host} packs its answer as ${encoding}, which is not read.`);
  const decoder = DECODERS[encoding as keyof typeof DECODERS](); // in DECODERS, as just seen
  answer.on("error", (error) => decoder.destroy(error));
  decoder.on("error", leftToReader);
  decoder.on("close", () => answer.destroy());
  return answer.pipe(decoder);
}

/** A stream may fail before anybody reads it: it stays failed, and whoever reads it then is told. */
const leftToReader = () => undefined;

function silent(url: URL, ms: number) {
  return new PictureError(`${url.host} was silent for ${formatDuration(ms / 1000)}.`, { isTemporary: true });
}

/** A failure of the line in words; anything that is nobody's fault out there stays as it is. */
function inWords(error: unknown, url: URL, timedOutMs: number | null): unknown {
  if (timedOutMs !== null) {
    const words = `${url.host} took longer than ${formatDuration(timedOutMs / 1000)}.`;
    return new PictureError(words, { cause: error, isTemporary: true });
  }
  // A lookup's refusal comes wrapped by nothing; a broken line by its code.
  if (error instanceof PictureError || !(error instanceof Error) || !("code" in error)) return error;
  const code = String(error.code);
  if (/^Z_|^ERR_BROTLI|^ERR__ERROR/.test(code)) {
    return new PictureError(`${url.host} sent an answer that can't be unpacked.`, { cause: error });
  }
  if (/CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO/.test(code)) {
    return new PictureError(`${url.host} shows no valid certificate (${code}).`, { cause: error });
  }
  if (code === "ECONNREFUSED") {
    return new PictureError(`${url.host} takes no connection.`, { cause: error, isTemporary: true });
  }
  if (/^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ERR_STREAM_PREMATURE_CLOSE|HPE_)/.test(code)) {
    return new PictureError(`The connection to ${url.host} broke (${code}).`, { cause: error, isTemporary: true });
  }
  return error;
}
