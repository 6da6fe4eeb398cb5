import { createHash } from "node:crypto";

/** Names a group by its products, in whatever order: found again, it is the same one. */
export function groupKey(productIds: readonly string[]): string {
  return createHash("sha256")
    .update([...productIds].sort().join())
    .digest("hex");
}
