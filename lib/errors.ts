const HTTP_STATUS = {
  invalid_input: 422,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  too_many: 429,
  unavailable: 503,
  internal: 500,
} as const;
export type ErrorCode = keyof typeof HTTP_STATUS;
export const ERROR_CODES = Object.keys(HTTP_STATUS) as ErrorCode[]; // keyof HTTP_STATUS by construction

/** What a form can show beside its fields: {field: sentence}. */
export type FieldErrors = Record<string, string>;

/** A failure we expected. `message` is written for the person at the screen. */
export class AppError extends Error {
  override name = "AppError";
  /** Sentences per field, and for `conflict` the values that collided. */
  readonly fields: FieldErrors | undefined;
  readonly details: unknown;

  constructor(
    readonly code: ErrorCode,
    message: string,
    options: ErrorOptions & { fields?: FieldErrors; details?: unknown } = {},
  ) {
    super(message, options);
    this.fields = options.fields;
    this.details = options.details;
  }
}

export function httpStatus(code: ErrorCode) {
  return HTTP_STATUS[code];
}
