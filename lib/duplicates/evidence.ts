import { z } from "zod";

/** What can speak for two products being one, the surest first. */
export const EVIDENCE_KINDS = ["gtin", "code", "name", "image", "look"] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

export const evidence = z.object({
  kind: z.enum(EVIDENCE_KINDS),
  /** The GTIN-14, `type code`, the folded name, the picture's SHA-256 or its perceptual hash. */
  value: z.string(),
  productIds: z.array(z.string()),
});
export type Evidence = z.output<typeof evidence>;

/** How likely products are the same of which one such thing is equal: a supplier's code can be reused, a picture shared. */
const WEIGHTS: Record<EvidenceKind, number> = { gtin: 0.9, code: 0.85, name: 0.7, image: 0.4, look: 0.25 };

/** 0 to 1: that not every piece of evidence misleads, each kind counted once. */
export function scoreOf(found: Pick<Evidence, "kind">[]): number {
  const kinds = new Set(found.map(({ kind }) => kind));
  let misleads = 1;
  for (const kind of kinds) misleads *= 1 - WEIGHTS[kind];
  return Math.round((1 - misleads) * 1_000) / 1_000;
}

/** `Same UPC 00012345678905`, as the report names it. */
export function evidenceWords({ kind, value }: Pick<Evidence, "kind" | "value">): string {
  switch (kind) {
    case "gtin":
      return `Same UPC / EAN ${value.replace(/^0{1,2}(?=\d{12,13}$)/, "")}`;
    case "code": {
      const at = value.indexOf(" ");
      return `Same ${value.slice(0, at).toUpperCase().replaceAll("_", " ")} code ${value.slice(at + 1)}`;
    }
    case "name":
      return "Same name and brand";
    case "image":
      return "Same picture";
    case "look":
      return "Pictures that look alike";
    default:
      throw kind satisfies never;
  }
}
