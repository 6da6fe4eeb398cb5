import "server-only";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { isBehindProxy } from "./client-device";

const CLAIMS = ["forwarded", "x-forwarded-host", "x-forwarded-port", "x-forwarded-proto", "x-real-ip"];

/**
 * Without a proxy in front, nobody but the caller can have written these headers, and Next would believe them.
 * Node announces each request before anything reads it, which is the only place where the socket is still known.
 */
export function trustNoForwardedHeaders() {
  if (isBehindProxy()) return;
  subscribe("http.server.request.start", (message) => {
    // The channel's message is documented as {request, response, socket, server}.
    const { request } = message as { request: IncomingMessage };
    for (const name of CLAIMS) delete request.headers[name];
    request.headers["x-forwarded-for"] = request.socket.remoteAddress ?? "";
  });
}
