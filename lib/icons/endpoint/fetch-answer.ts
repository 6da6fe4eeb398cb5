import "server-only";
import { get as httpGet, type IncomingMessage } from "node:http";
import { get as httpsGet } from "node:https";
import { formatBytes } from "@/lib/format";
import { parseAddress, presentNetwork } from "@/lib/images/fetch-picture";
import { CheckedConnections } from "@/lib/images/network";
import { PictureError } from "@/lib/images/picture-error";
import { EndpointError } from "./endpoint-error";

const LIMIT_BYTES = 40_000_000;

/**
 * Fetches a picture that an endpoint names instead of sending it. The endpoint's own host may lie in a private network,
 * as the admin who entered it decided; any other must be on the public internet. The API key is not sent along.
 * @throws {EndpointError} `unknown`: the picture is made, asking again with the same key names it again
 */
export async function fetchAnswer(address: string, baseUrl: string, signal: AbortSignal): Promise<Buffer> {
  const network = presentNetwork();
  try {
    const url = parseAddress(address);
    const isOwn = url.hostname === new URL(baseUrl).hostname;
    const connections = new CheckedConnections(isOwn ? { ...network, mayReach: () => true } : network);
    try {
      return await download(url, connections, signal);
    } finally {
      connections.close();
    }
  } catch (error) {
    if (!(error instanceof PictureError)) throw error;
    throw new EndpointError("unusable", `The picture can't be fetched: ${error.message}`, null, { cause: error });
  }
}

async function download(url: URL, connections: CheckedConnections, signal: AbortSignal): Promise<Buffer> {
  const agent = await connections.agentFor(url);
  const get = url.protocol === "https:" ? httpsGet : httpGet;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { agent, signal }, resolve).on("error", reject);
  });
  try {
    if (answer.statusCode !== 200) {
      throw new EndpointError("unknown", `${url.host} answered ${answer.statusCode} instead of the picture it made.`);
    }
    const parts: Buffer[] = [];
    let bytes = 0;
    for await (const part of answer as AsyncIterable<Buffer>) {
      bytes += part.length;
      if (bytes > LIMIT_BYTES) {
        throw new EndpointError("unusable", `The picture is larger than ${formatBytes(LIMIT_BYTES)}.`);
      }
      parts.push(part);
    }
    return Buffer.concat(parts);
  } finally {
    answer.destroy();
  }
}
