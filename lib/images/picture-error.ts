import { AppError } from "@/lib/errors";

/** Why a picture can't be had, in a sentence for the person who waits for it. */
export class PictureError extends AppError {
  override name = "PictureError";
  /** Asking again may help: the server was slow or busy, the line broke. */
  readonly isTemporary: boolean;

  constructor(message: string, options: ErrorOptions & { isTemporary?: boolean } = {}) {
    super("invalid_input", message, options);
    this.isTemporary = options.isTemporary ?? false;
  }
}
