import "server-only";
import { env } from "@/lib/env";

export type Device = { address: string; userAgent: string };

/**
 * Where a request came from. `x-forwarded-for` is set by this server itself (lib/auth/trusted-headers.ts), or behind
 * a proxy by that: its last entry is the one the proxy saw, the others are what the caller claims.
 */
export function deviceOf(headers: Headers): Device {
  const hops = (headers.get("x-forwarded-for") ?? "").split(",");
  const address = (hops.at(-1) ?? "").trim().replace(/^::ffff:/, "");
  return {
    address: address.slice(0, 45) || "unknown",
    userAgent: (headers.get("user-agent") ?? "").slice(0, 300),
  };
}

export function isBehindProxy() {
  return env().AUTH_URL !== undefined;
}
