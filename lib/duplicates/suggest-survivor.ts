export interface Completeness {
  id: string;
  /** 0 to 100 (lib/quality); null while it is not computed. */
  quality: number | null;
  /** Metafields and pictures. */
  details: number;
  /** Feeds that know it. */
  sources: number;
  createdAt: Date;
}

/** The product that the others best go into: the most complete, then the one most feeds know, then the oldest. */
export function suggestSurvivor(members: Completeness[]): string | null {
  const [best] = [...members].sort(
    (a, b) =>
      (b.quality ?? -1) - (a.quality ?? -1) ||
      b.details - a.details ||
      b.sources - a.sources ||
      a.createdAt.getTime() - b.createdAt.getTime() ||
      a.id.localeCompare(b.id),
  );
  return best?.id ?? null;
}
