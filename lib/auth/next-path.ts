/** proxy.ts puts the address of the page here, which Next does not tell a page. */
export const PATH_HEADER = "x-stockroom-path";

/**
 * Where to go after signing in: a path of this site, else the overview.
 * Backslashes, control characters and a second slash are what browsers read as another host.
 */
export function safeNextPath(next: unknown): string {
  if (typeof next !== "string" || next.length > 2_000) return "/";
  if (!/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(next)) return "/";
  const base = "http://stockroom.invalid";
  if (!URL.canParse(next, base)) return "/";
  const url = new URL(next, base);
  const path = `${url.pathname}${url.search}${url.hash}`;
  // "/.//elsewhere.example" is harmless until its dots are resolved away.
  return url.origin === base && !path.startsWith("//") && url.pathname !== "/sign-in" ? path : "/";
}

/** The sign-in page, remembering where the person wanted to go. */
export function signInPath(next: unknown): string {
  const path = safeNextPath(next);
  return path === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(path)}`;
}
