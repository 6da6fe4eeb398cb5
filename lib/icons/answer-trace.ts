import { z } from "zod";

const rejection = z.object({ reason: z.string(), by: z.string(), at: z.string() });

/** What an icon's own notes say of the last answer to it. */
export const answerTrace = z
  .object({
    rejection: rejection.optional(),
    /** The icon that was kept instead of it. */
    merged: z.object({ into: z.string(), by: z.string(), at: z.string() }).optional(),
    /** What it was before, for who takes the answer back. */
    before: z
      .object({
        reviewState: z.enum(["pending", "approved", "rejected"]),
        rejection: rejection.optional(),
        isShown: z.boolean(),
        /** What its category shows instead of it. */
        insteadId: z.string().optional(),
        /** That one was of no category before. */
        isLent: z.boolean().optional(),
      })
      .optional(),
  })
  .catch({});
export type AnswerTrace = z.output<typeof answerTrace>;

export function traceBefore(icon: {
  metadata: unknown;
  reviewState: "pending" | "approved" | "rejected";
  status: string;
  categoryId: string | null;
}): NonNullable<AnswerTrace["before"]> {
  const { rejection } = answerTrace.parse(icon.metadata ?? {});
  const isShown = icon.status === "active" && icon.categoryId !== null;
  return { reviewState: icon.reviewState, rejection, isShown };
}
