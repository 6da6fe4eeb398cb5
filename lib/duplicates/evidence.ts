import { z } from "zod";

/** What can speak for two products being one, the surest first; and, last, what speaks against it. */
export const EVIDENCE_KINDS = ["gtin", "code", "name", "image", "look", "differ"] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

export const evidence = z.object({
  kind: z.enum(EVIDENCE_KINDS),
  /** The GTIN-14, `type code`, the folded name, the picture's SHA-256 or its perceptual hash; what differs. */
  value: z.string(),
  productIds: z.array(z.string()),
});
export type Evidence = z.output<typeof evidence>;

/** How likely products are the same of which one such thing is equal: a supplier's code can be reused, a picture shared. */
const WEIGHTS: Record<Exclude<EvidenceKind, "differ">, number> = {
  gtin: 0.9,
  code: 0.85,
  name: 0.7,
  image: 0.4,
  look: 0.25,
};

/** What is left of a score where each product has a UPC or EAN of its own: variants often share all the rest. */
const IF_DIFFERENT = 0.4;

/** Whether a piece of evidence says that products are one. */
export function speaksFor({ kind }: Pick<Evidence, "kind">): boolean {
  return kind !== "differ";
}

/** 0 to 1: that not every piece of evidence misleads, each kind counted once. */
export function scoreOf(found: Pick<Evidence, "kind">[]): number {
  const kinds = new Set(found.map(({ kind }) => kind));
  let misleads = 1;
  for (const kind of kinds) misleads *= kind === "differ" ? 1 : 1 - WEIGHTS[kind];
  const score = (1 - misleads) * (kinds.has("differ") ? IF_DIFFERENT : 1);
  return Math.round(score * 1_000) / 1_000;
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
    case "differ":
      return "UPC / EAN differ";
    default:
      throw kind satisfies never;
  }
}
