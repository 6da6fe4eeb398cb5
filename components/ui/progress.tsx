import { cn } from "@/lib/class-names";

type Props = {
  /** 0 to 100; null while the end is not known. */ percent: number | null;
  label: string;
  className?: string;
};

export function Progress({ percent, label, className }: Props) {
  return (
    <span
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent === null ? undefined : Math.round(percent)}
      className={cn("block h-1 w-[72px] overflow-hidden rounded-full bg-line", className)}
    >
      <span
        className={cn("block h-full bg-blue", percent === null && "w-1/3 animate-pulse")}
        style={percent === null ? undefined : { width: `${percent}%` }}
      />
    </span>
  );
}
