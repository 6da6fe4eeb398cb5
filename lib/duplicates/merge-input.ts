import { z } from "zod";

/** Products that one merge puts together: more are no duplicates of one. */
const MOST_MERGED = 20;

export const mergeInput = z.object({
  groupId: z.uuid(),
  survivorId: z.uuid(),
  /** Those that go into it; others of the group stay. */
  loserIds: z.array(z.uuid()).min(1, "Choose what is merged into it.").max(MOST_MERGED),
  /** Fields that the survivor lacks and takes from the others, by the names of the history. */
  fill: z.array(z.string().max(400)).max(2_000).default([]),
  /** The products' versions as they were shown. */
  versions: z.record(z.string(), z.number().int()),
});
export type MergeInput = z.output<typeof mergeInput>;

export const mergePreviewInput = mergeInput.pick({ groupId: true, survivorId: true, loserIds: true });
