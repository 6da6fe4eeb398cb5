import "server-only";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import { type Actor, assertCan, type Grant } from "@/lib/auth/actor";
import { actorOrThrow } from "@/lib/auth/current-actor";
import { type Failure, parseInput, toFailure } from "@/lib/failure";

export type Result<T> = { ok: true; data: T } | { ok: false; error: Failure };

/**
 * A server action: whoever calls is authorised before the input is read.
 * `grant` repeats what the mutation itself asserts, and must equal the action's rule in lib/auth/access.ts.
 */
export function action<S extends z.ZodType, T>(
  grant: Grant,
  schema: S,
  run: (actor: Actor, input: z.output<S>) => Promise<T>,
) {
  return (input: z.input<S>): Promise<Result<T>> =>
    settle(async () => {
      const actor = await actorOrThrow();
      assertCan(actor, grant);
      return run(actor, parseInput(schema, input));
    });
}

/** Runs `work` and tells a failure as a value, for the few actions that need no actor. */
export async function settle<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return { ok: true, data: await work() };
  } catch (error) {
    unstable_rethrow(error); // redirect() and notFound() travel as exceptions
    return { ok: false, error: toFailure(error) };
  }
}
