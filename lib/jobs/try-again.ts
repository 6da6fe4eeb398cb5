/**
 * How long a job whose try failed lets others go first, in milliseconds: a job that takes its worker down with it must
 * not hold up those behind it, and a machine's bad moment is over by then.
 */
export function tryAgainAfterMs(attempts: number): number {
  return attempts <= 1 ? 1_000 : 5_000;
}
