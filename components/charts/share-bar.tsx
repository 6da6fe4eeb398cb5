import { cn } from "@/lib/class-names";

type Props = {
  /** In their order; those of 0 are not drawn. */
  parts: readonly { part: string; count: number; fill: string }[];
  className: string;
};

/** Shares of a whole as one bar; the figures stand beside it. */
export function ShareBar({ parts, className }: Props) {
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  let at = 0;
  return (
    <svg
      viewBox="0 0 100 10"
      preserveAspectRatio="none"
      aria-hidden
      className={cn("block w-full overflow-hidden rounded-sm", className)}
    >
      {parts.map(({ part, count, fill }) => {
        const width = total === 0 ? 0 : (100 * count) / total;
        const x = at;
        at += width;
        return width > 0 && <rect key={part} x={x} width={width} height={10} className={fill} />;
      })}
    </svg>
  );
}
