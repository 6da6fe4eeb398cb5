/** What a failed call means for the next one. */
export type EndpointFailure =
  /** This picture is not to be had so: asking again would fail again. */
  | "refused"
  /** It made nothing, and may do so in a moment. */
  | "busy"
  /** It may have made the picture, and may charge for it: only the same key may be sent again. */
  | "unknown"
  /** As `unknown`, of an endpoint that heeds no keys, by a process that died: only a person may have it asked again. */
  | "lost"
  /** No call would get anywhere before a person mends something. */
  | "blocked"
  /** It answered and charges for it, but what came is no icon. */
  | "unusable";

/** An image endpoint's failure in a sentence. */
export class EndpointError extends Error {
  override name = "EndpointError";

  constructor(
    readonly failure: EndpointFailure,
    message: string,
    /** When it asked to be asked again, in milliseconds. */
    readonly retryAfterMs: number | null = null,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
