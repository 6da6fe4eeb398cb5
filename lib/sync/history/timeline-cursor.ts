import { z } from "zod";

/** Where a page of the timeline ends: newest first by time, people's doings before runs of the same moment. */
export const timelineCursor = z
  .string()
  .regex(/^\d{1,15}_[ar]_\d{1,10}$/)
  .transform((text) => {
    const [at, kind, id] = text.split("_");
    return { at: new Date(Number(at)), kind: kind === "a" ? ("a" as const) : ("r" as const), id: Number(id) };
  });
