import { z } from "zod";
import { operations } from "./operation";

/** What happens to the others when a product can't be changed: they go on without it, or nothing is changed at all. */
export const errorPolicy = z.enum(["skip", "all"]);
export type ErrorPolicy = z.output<typeof errorPolicy>;

export const editRequest = z.object({ operations, policy: errorPolicy.default("skip") });
