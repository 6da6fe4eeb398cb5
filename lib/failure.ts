import "server-only";
import { randomBytes } from "node:crypto";
import type { z } from "zod";
import { DISK_FULL, isDiskFull } from "@/lib/disk-full";
import { AppError, type ErrorCode, type FieldErrors } from "@/lib/errors";
import { log } from "@/lib/log";

/** What a person or a script is told of a failure. */
export type Failure = {
  code: ErrorCode;
  message: string;
  fields?: FieldErrors;
  /** For `conflict` the values that collided; for `too_many` the seconds to wait. */
  details?: unknown;
  /** Names the log's line of an unexpected failure. */
  ref?: string;
};

/** Expected failures keep their words; the others are logged, and told by a reference alone. */
export function toFailure(error: unknown): Failure {
  if (error instanceof AppError) {
    if (error.code === "forbidden") log.warn("access.refused", { message: error.message });
    const { code, message, fields, details } = error;
    return { code, message, ...(fields && { fields }), ...(details !== undefined && { details }) };
  }
  if (isDiskFull(error)) {
    log.error("request.failed", error);
    return { code: "unavailable", message: DISK_FULL };
  }
  const ref = randomBytes(4).toString("hex");
  log.error("request.failed", error, { ref });
  return {
    code: "internal",
    message: `Something went wrong (ref ${ref}). Try again; if it stays, give an admin this reference.`,
    ref,
  };
}

/**
 * Input from outside, checked once.
 * @throws {AppError} `invalid_input` with a sentence per field; a nested field is `a.b`.
 */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const fields: FieldErrors = {};
  for (const issue of parsed.error.issues) fields[issue.path.join(".")] ??= issue.message;
  const whole = fields[""];
  throw new AppError("invalid_input", whole ?? "Some values are not right. Correct them and save again.", { fields });
}
