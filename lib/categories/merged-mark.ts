import { z } from "zod";

const hashes = z.record(z.string(), z.string());
const MARK = "merged";
export const MERGED_MARK: Record<string, string> = { [MARK]: "1" };

/**
 * SourceItem.fieldHashes of a feed's category that a person merged into another: what the feed says of its name and
 * place speaks of the one that is gone, and must not rename or move the one it became.
 */
export function isMerged(fieldHashes: Record<string, string>): boolean {
  return MARK in fieldHashes;
}

export function withMergedMark(stored: unknown, merged: boolean): Record<string, string> {
  const { [MARK]: _, ...rest } = hashes.catch({}).parse(stored);
  return merged ? { ...rest, ...MERGED_MARK } : rest;
}
