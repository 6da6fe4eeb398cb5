/** What an admin types before the sample goes. */
export const SAMPLE_CONFIRMATION = "remove sample";
