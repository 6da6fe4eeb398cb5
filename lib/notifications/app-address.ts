import "server-only";
import { publicOrigin } from "@/lib/auth/origin";

/** A path of the product as an address for elsewhere: AUTH_URL's, or this machine's where that is not set. */
export function appAddress(path: string): string {
  return new URL(path, publicOrigin(new Headers())).href;
}
