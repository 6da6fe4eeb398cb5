const YEAR_SECONDS = 31_536_000;

/** Keeps how this browser likes the frame; the server reads it for the next page. Not for anything that matters. */
export function keepPreference(name: string, value: string) {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser we serve
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
}
