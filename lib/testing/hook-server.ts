import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface HookCall {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Starts a receiver of webhooks on this machine that keeps what it was told and answers as `answer` says; usually 204. */
export async function startHookServer(answer?: (response: ServerResponse, call: HookCall) => void) {
  const calls: HookCall[] = [];
  const server = createServer(async (request, response) => {
    const call = { path: request.url ?? "", headers: request.headers, body: await text(request) };
    calls.push(call);
    if (answer) answer(response, call);
    else response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  return {
    calls,
    url: (path = "/hook") => `http://127.0.0.1:${port}${path}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
