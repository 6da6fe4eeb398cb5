/** Names a call: the picture's id, and how many answers for good it had. */
export function callKey({ id, attempts }: { id: string; attempts: number }) {
  return `${id}-${attempts + 1}`;
}
