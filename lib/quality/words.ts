const TO_DO: Record<string, string> = {
  name: "Give it a name of 10 characters or more",
  description: "Describe it in 200 characters or more",
  images: "Add a picture",
  priceCents: "Set a price",
  categoryId: "Choose a category",
  brand: "Name its brand",
  code: "Add a UPC, EAN or part number",
};

/** What to do about a field that a product lacks; a metafield's own name otherwise. */
export function sentenceOf(field: string): string {
  return TO_DO[field] ?? field;
}

/** A grade in a word, beside its letter. */
export const GRADE_WORDS = { A: "complete", B: "good", C: "fair", D: "poor", E: "bare" } as const;
