import { env } from "@/lib/env";

/** What an answer that is not a page may load: nothing. */
const NOTHING = "default-src 'none'; frame-ancestors 'none'";

/** A page's policy: scripts with this request's nonce alone. Styles need 'unsafe-inline': React and charts set them per element. */
export function pagePolicy(nonce: string): string {
  const isDevelopment = env().NODE_ENV === "development";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
  ].join("; ");
}

/** Sets what every answer carries; a policy of its own, if the answer has one, is kept. */
export function applySecurityHeaders(headers: Headers) {
  if (!headers.has("Content-Security-Policy")) headers.set("Content-Security-Policy", NOTHING);
  headers.set("X-Content-Type-Options", "nosniff");
  headers.set("X-Frame-Options", "DENY");
  headers.set("Referrer-Policy", "same-origin");
  headers.set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()");
  if (env().AUTH_URL?.startsWith("https:")) {
    // Browsers heed these two over https alone.
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
  }
}
