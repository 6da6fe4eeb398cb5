import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { CheckedConnections, INTERNET, type Network } from "@/lib/images/network";

/** A second address of this machine: the usual one stays refused while this one is allowed. */
const ALLOWED = "127.0.0.2";

/** Starts a server on this machine that answers as `handlers` say, by path. */
export async function startPictureServer(handlers: Record<string, RequestListener>, address = ALLOWED) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    asked.push(path);
    const handler = handlers[path.replace(/\?.*/, "")];
    if (handler) handler(request, response);
    else response.writeHead(404).end();
  });
  let connected = 0;
  server.on("connection", () => {
    connected += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  return {
    port,
    /** Paths in the order they were asked for. */
    asked,
    /** Connections so far, whatever was said on them. */
    connected: () => connected,
    /** Under a name that only `localNetwork` knows. */
    url: (path: string, host = "pictures.example") => `http://${host}:${port}${path}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A network in which `*.example` is this machine, and is reached; everything else is as on the internet. */
export function localNetwork(changes: Partial<Network> = {}): Network {
  return {
    ...INTERNET,
    resolve: async (host) => (host.endsWith(".example") ? [ALLOWED] : INTERNET.resolve(host)),
    mayReach: (address) => address === ALLOWED || INTERNET.mayReach(address),
    retryMs: [1, 1],
    ...changes,
  };
}

export function connectionsOf(network: Network) {
  return { network, connections: new CheckedConnections(network) };
}
