import { z } from "zod";

/** A time as an address carries it; without a zone it is UTC. */
export const asOfInput = z
  .union(
    [z.iso.datetime({ offset: true }), z.iso.datetime({ local: true }), z.iso.date()],
    "Send a time like 2026-11-20T10:00:00Z.",
  )
  .transform((text) => new Date(/(Z|[+-]\d\d:?\d\d)$/.test(text) || !text.includes("T") ? text : `${text}Z`));
