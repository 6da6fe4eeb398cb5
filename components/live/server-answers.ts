/**
 * Whether the server is there. A page that asks for itself again without an answer is left for the browser's own error
 * page, and what was typed on it is lost.
 */
export async function serverAnswers(): Promise<boolean> {
  const answer = await fetch("/api/health", { cache: "no-store" }).catch(() => null);
  return answer?.ok ?? false;
}
