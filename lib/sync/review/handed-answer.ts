import { z } from "zod";
import { rowChoice } from "./row-choice";

/** A person's answer to more rows than one request writes: the run's job carries it out. */
export const handedAnswer = z.object({
  state: z.enum(["approved", "rejected"]),
  /** Null: all that waits. */
  choice: rowChoice.nullable(),
  /** Also the rows that ask which product is meant. */
  withQuestions: z.boolean().default(false),
  answeredById: z.string().nullable(),
  /** ISO times: when it was given, and when the rows were shown. */
  at: z.iso.datetime(),
  shownAt: z.iso.datetime(),
  answer: z.string(),
  /** Why, said on each row. */
  reason: z.string().optional(),
  /** Rows up to this id are answered. */
  after: z.number().int().default(0),
  /** How many are. */
  answered: z.number().int().default(0),
});
export type HandedAnswer = z.output<typeof handedAnswer>;
