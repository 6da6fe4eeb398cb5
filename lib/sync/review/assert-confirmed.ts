import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors";
import { isConfirmed, typedConfirmation } from "../typed-confirmation";

/** @throws {AppError} `invalid_input` without the words that archiving many products, or deleting any, needs of a person */
export function assertConfirmed(actor: Actor, heldReason: string | null, typed: string | undefined) {
  const asked = typedConfirmation(heldReason);
  if (asked === null || actor.kind !== "user" || isConfirmed(asked, typed)) return;
  const message = `Type "${asked.words}" to confirm. ${heldReason?.replaceAll("\n", " ")}`;
  throw new AppError("invalid_input", message, { fields: { confirmation: message } });
}
