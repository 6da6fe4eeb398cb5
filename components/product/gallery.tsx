"use client";

import { useState } from "react";
import type { ProductView } from "@/lib/catalog/get-product";

type Image = ProductView["images"][number];

/** The product's pictures: one large, the others to choose from. */
export function Gallery({ images, name }: { images: Image[]; name: string }) {
  const [chosen, setChosen] = useState<number>();
  const shown = images.find((image) => image.id === chosen) ?? images[0];
  if (!shown) return <p className="text-muted">No feed has given a picture.</p>;
  return (
    <figure>
      <Picture image={shown} name={name} className="aspect-[4/3] w-full" />
      <figcaption className="mt-1 truncate text-2xs text-faint">
        {shown.view}
        {shown.hasFile ? "" : " · not fetched yet"}
      </figcaption>
      {images.length > 1 && (
        <ul className="mt-1.5 flex flex-wrap gap-1.5">
          {images.map((image) => (
            <li key={image.id}>
              <button
                type="button"
                aria-label={`Show ${image.view}`}
                aria-pressed={image.id === shown.id}
                onClick={() => setChosen(image.id)}
                className="block rounded-md aria-pressed:outline-2 aria-pressed:outline-accent"
              >
                <Picture image={image} name="" className="size-11" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </figure>
  );
}

/** Served by us, never by the supplier's address; the placeholder stands in for what was not fetched. */
function Picture({ image, name, className }: { image: Image; name: string; className: string }) {
  const source = image.hasFile ? `/api/images/${image.id}?v=${image.hash ?? ""}` : "/placeholder.svg";
  return (
    // biome-ignore lint/performance/noImgElement: pictures are served as stored; the optimiser is off by design
    <img
      src={source}
      alt={name && (image.altText || name)}
      loading="lazy"
      className={`${className} rounded-md border bg-panel object-contain`}
    />
  );
}
