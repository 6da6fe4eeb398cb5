/** Every reason a guard holds a run for, each with its figure and limit. */
export function HeldReasons({ reason }: { reason: string }) {
  const reasons = reason.split("\n");
  if (reasons.length === 1) return <p className="max-w-[110ch] text-amber">{reason}</p>;
  return (
    <ul aria-label="Why it is held" className="grid max-w-[110ch] list-disc gap-0.5 pl-4 text-amber">
      {reasons.map((one) => (
        <li key={one}>{one}</li>
      ))}
    </ul>
  );
}
