import { AppError } from "@/lib/errors";

/** A received file as a whole can't be used. The message says which file, why, and what to do. */
export class FeedError extends AppError {
  override name = "FeedError";

  constructor(message: string, options: ErrorOptions = {}) {
    super("invalid_input", message, options);
  }
}
