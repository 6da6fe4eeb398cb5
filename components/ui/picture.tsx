type Props = {
  src: string /** Empty where the name stands beside it. */;
  alt?: string /** Pixels. */;
  size: number;
  className?: string;
};

/** A small picture as it is stored, fetched when it comes into sight. */
export function Picture({ src, alt = "", size, className }: Props) {
  return (
    // biome-ignore lint/performance/noImgElement: pictures are served as stored, the optimizer is off
    <img
      src={src}
      alt={alt}
      width={size}
      height={size}
      loading="lazy"
      className={className ?? "shrink-0 object-contain"}
    />
  );
}
