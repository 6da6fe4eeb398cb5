/** The largest file taken from a person, in bytes. */
export const UPLOAD_LIMIT_BYTES = 5_000_000;
