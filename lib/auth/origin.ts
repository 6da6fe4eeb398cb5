import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

const SAFE_METHODS = ["GET", "HEAD", "OPTIONS"];

/**
 * Refuses a write that another site's page makes with this browser's cookie.
 * Browsers name the origin of every write; a caller that names none is no browser and was not lured anywhere.
 * @throws {AppError} `forbidden`
 */
export function assertSameOrigin(request: Request) {
  if (SAFE_METHODS.includes(request.method)) return;
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  const isForeignSite = site !== null && site !== "same-origin";
  const isForeignOrigin = origin !== null && !ownHosts(request.headers).includes(hostOf(origin));
  if (isForeignSite || isForeignOrigin) {
    throw new AppError("forbidden", "This request came from another site and was refused.");
  }
}

/** The address people use: AUTH_URL behind a proxy, else what the browser asked for. */
export function publicOrigin(headers: Headers): string {
  const { AUTH_URL, PORT } = env();
  if (AUTH_URL) return new URL(AUTH_URL).origin;
  return `http://${headers.get("host") ?? `localhost:${PORT}`}`;
}

function ownHosts(headers: Headers) {
  return [hostOf(publicOrigin(headers)), headers.get("host")];
}

function hostOf(origin: string) {
  return URL.canParse(origin) ? new URL(origin).host : "";
}
