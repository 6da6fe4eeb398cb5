import "server-only";
import { lookup } from "node:dns/promises";
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { PictureError } from "./picture-error";

/** What fetching knows of the network: tests give another one. */
export interface Network {
  /** A host's addresses. */
  resolve(host: string): Promise<string[]>;
  mayReach(address: string): boolean;
  /** Said of a host whose address may not be reached, behind its name. */
  refusal: string;
  /** How long the whole of one answer may take, in milliseconds. */
  totalMs: number;
  /** How long a server may be silent, in milliseconds. */
  silentMs: number;
  limitBytes: number;
  /** Before the second and the third try, in milliseconds. */
  retryMs: readonly number[];
}

/** Addresses that are not the public internet's (IANA's registries of special-purpose addresses, 2025). */
const SPECIAL = new BlockList();
for (const [address, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.31.196.0", 24],
  ["192.52.193.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["192.175.48.0", 24],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const) {
  SPECIAL.addSubnet(address, bits, "ipv4");
}
for (const [address, bits] of [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["2620:4f:8000::", 48],
  ["3fff::", 20],
] as const) {
  SPECIAL.addSubnet(address, bits, "ipv6");
}
/** All that is given out of IPv6 so far; mapped, translated, local and multicast ones lie outside. */
const GLOBAL_IPV6 = new BlockList();
GLOBAL_IPV6.addSubnet("2000::", 3, "ipv6");

/** False for private, loopback, link-local, multicast and every other address that is not the public internet's. */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 4) return !SPECIAL.check(address, "ipv4");
  return version === 6 && GLOBAL_IPV6.check(address, "ipv6") && !SPECIAL.check(address, "ipv6");
}

export const INTERNET: Network = {
  resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
  mayReach: isPublicAddress,
  refusal: "lies in a private network. Pictures are only fetched from the public internet.",
  totalMs: 60_000,
  silentMs: 15_000,
  limitBytes: 20_000_000,
  retryMs: [500, 3_000],
};

/**
 * The addresses that a URL's host may be asked at. What is connected to is one of these, so a name that answers
 * otherwise a moment later leads nowhere else.
 * @throws {PictureError}
 */
async function reachable(network: Network, host: string): Promise<string[]> {
  const bare = host.replace(/^\[|\]$/g, "");
  const addresses = isIP(bare) ? [bare] : await resolve(network, bare);
  const found = addresses.filter((address) => network.mayReach(address));
  if (found.length > 0) return found;
  throw new PictureError(`${host} ${network.refusal}`);
}

async function resolve(network: Network, host: string): Promise<string[]> {
  try {
    return await network.resolve(host);
  } catch (error) {
    const isTemporary = error instanceof Error && "code" in error && error.code === "EAI_AGAIN";
    throw new PictureError(`There is no server named ${host}. Check the address.`, { cause: error, isTemporary });
  }
}

/** Connections that are opened only to addresses checked before; one pool for a job's pictures. */
export class CheckedConnections {
  readonly #network: Network;
  readonly #http: HttpAgent;
  readonly #https: HttpsAgent;

  constructor(network: Network) {
    this.#network = network;
    const settings = { keepAlive: true, lookup: this.#lookup() };
    this.#http = new HttpAgent(settings);
    this.#https = new HttpsAgent(settings);
  }

  /** @throws {PictureError} for a host that may not be asked */
  async agentFor(url: URL): Promise<HttpAgent | HttpsAgent> {
    // Literal addresses are never looked up: they are checked here, names both here and when connecting.
    await reachable(this.#network, url.hostname);
    return url.protocol === "https:" ? this.#https : this.#http;
  }

  close() {
    this.#http.destroy();
    this.#https.destroy();
  }

  #lookup(): LookupFunction {
    return (host, options, callback) => {
      reachable(this.#network, host).then(
        (addresses) => {
          const found = addresses.map((address) => ({ address, family: isIP(address) }));
          if (options.all) callback(null, found);
          else callback(null, found[0]?.address ?? "", found[0]?.family ?? 0);
        },
        (error: Error) => callback(error, ""),
      );
    };
  }
}
