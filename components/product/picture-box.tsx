import { ImageOff } from "lucide-react";
import { cn } from "@/lib/class-names";
import type { PictureView } from "@/lib/images/picture-view";

/** Where a picture lies, in a width that is kept; without one as it came. */
export function pictureSource({ id, hash }: PictureView, width?: 96 | 400 | 1200) {
  return `/api/images/${id}?v=${hash ?? ""}${width ? `&width=${width}` : ""}`;
}

/** Why there is nothing to see. */
export function whyMissing({ failure }: PictureView) {
  return failure ? `Could not be fetched. ${failure}` : "Not fetched yet.";
}

type Props = {
  image: PictureView;
  /** Empty where its name stands beside it. */
  alt: string;
  size: "small" | "large";
  className?: string;
};

/** Served by us, never by the supplier's address; of what is not here a place that says why. */
export function PictureBox({ image, alt, size, className }: Props) {
  const look = cn("block rounded-md border bg-panel object-contain", className);
  if (!image.hasFile) {
    return (
      <span
        className={cn(
          look,
          "grid place-content-center gap-1 bg-sunk p-3 text-center text-xs text-muted",
          size === "small" && "p-0",
        )}
        title={size === "small" ? whyMissing(image) : undefined}
      >
        <ImageOff
          aria-hidden
          className={cn("mx-auto size-5 text-faint", image.failure && "text-red")}
          strokeWidth={1.5}
        />
        <span className={size === "small" ? "sr-only" : "[overflow-wrap:anywhere]"}>{whyMissing(image)}</span>
      </span>
    );
  }
  const large = { src: pictureSource(image, 400), srcSet: `${pictureSource(image, 1200)} 2x` };
  return (
    // biome-ignore lint/performance/noImgElement: smaller versions are made and kept by us, the optimiser is off by design
    <img
      {...(size === "large" ? large : { src: pictureSource(image, 96) })}
      alt={alt}
      loading="lazy"
      className={look}
    />
  );
}
