import { z } from "zod";

const name = z.string().trim().min(1, "Give it a name.").max(200, "Use at most 200 letters.");
const slug = z
  .string()
  .trim()
  .min(1, "Give it an address, or leave it as it is.")
  .max(100, "Use at most 100 letters.")
  .optional();
/** The sibling it shall stand before; null: last; left out: where its kind of siblings puts it. */
const beforeId = z.uuid().nullable().optional();

/** What a person can do to the tree, each previewed and carried out as a run. */
export const categoryOperation = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("create"), parentId: z.uuid().nullable(), name, beforeId }),
  z.object({ kind: z.literal("rename"), id: z.uuid(), name, slug }),
  z.object({ kind: z.literal("move"), id: z.uuid(), parentId: z.uuid().nullable(), beforeId }),
  z.object({ kind: z.literal("merge"), id: z.uuid(), intoId: z.uuid() }),
  z.object({ kind: z.literal("archive"), id: z.uuid() }),
  z.object({ kind: z.literal("restore"), id: z.uuid() }),
]);
export type CategoryOperation = z.output<typeof categoryOperation>;

export const categoryChangeInput = z.object({
  operation: categoryOperation,
  /** The category's version as it was shown; another one by now means somebody was quicker. */
  version: z.number().int().optional(),
  /** What a merge of many products is confirmed by (mergeConfirmation). */
  confirmation: z.string().max(300).optional(),
});
export type CategoryChangeInput = z.output<typeof categoryChangeInput>;

/** Products that change their category from which on a merge is confirmed by typing. */
export const TYPED_FROM = 50;

/** What a person types before a large merge. */
export function mergeConfirmation(categoryName: string) {
  return `merge ${categoryName}`;
}

/** An operation's run in the history: `Rename of “Paper”`. */
export function operationWords(kind: CategoryOperation["kind"], categoryName: string): string {
  const words = {
    create: "New category",
    rename: "Rename of",
    move: "Move of",
    merge: "Merge of",
    archive: "Archiving of",
    restore: "Restoring of",
  };
  return `${words[kind]} “${categoryName}”`;
}
