/** What waits for a person, by what is asked. */
export const INBOX_KINDS = ["review", "failed", "match", "conflict", "refused", "missing"] as const;
export type InboxKind = (typeof INBOX_KINDS)[number];

export const INBOX_KIND_WORDS: Record<InboxKind, { one: string; many: string }> = {
  review: { one: "run to review", many: "runs to review" },
  failed: { one: "failure", many: "failures" },
  match: { one: "row to match", many: "rows to match" },
  conflict: { one: "conflict", many: "conflicts" },
  refused: { one: "refused row", many: "refused rows" },
  missing: { one: "missing product", many: "missing products" },
};

/** One thing that waits. */
export interface InboxRow {
  subject: string;
  kind: InboxKind;
  since: Date;
  /** What it is about: a SKU, a source's key, a source. */
  code: string;
  title: string;
  detail: string;
  source: string;
  sourceId: string | null;
  run: number | null;
  assignee: { id: string; name: string } | null;
  comments: number;
}

/** The number of a subject of changes or rejections. */
export function subjectNumber(subject: string): number {
  return Number(subject.slice(subject.indexOf(":") + 1));
}
