"use client";

import { type KeyboardEvent, useRef, useState } from "react";
import { cn } from "@/lib/class-names";
import type { PictureView } from "@/lib/images/picture-view";
import { PictureBox } from "./picture-box";
import { type DropPlace, usePictureDrag } from "./use-picture-drag";

type Props = {
  images: PictureView[];
  chosenId: number;
  onChoose: (id: number) => void;
  /** Null for who may not change the order. */
  onMove: ((id: number, to: number) => void) | null;
};

/** All pictures, small: the arrow keys go through them, with Shift they move the one they are on. */
export function PictureStrip({ images, chosenId, onChoose, onMove }: Props) {
  const list = useRef<HTMLUListElement>(null);
  const [said, say] = useState("");
  const { arm, place } = usePictureDrag(list, images, onMove);

  function keyDown(event: KeyboardEvent) {
    const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    const at = images.findIndex((image) => image.id === chosenId);
    const image = images[at];
    if (!step || !image || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const to = at + step;
    const next = images[to];
    if (!next) return;
    if (!event.shiftKey) {
      onChoose(next.id);
      list.current?.querySelector<HTMLElement>(`[data-picture="${next.id}"]`)?.focus();
    } else if (onMove) {
      onMove(image.id, to);
      say(`${image.name} is now picture ${to + 1} of ${images.length}.`);
    }
  }

  return (
    <>
      <ul ref={list} aria-label="Pictures" onPointerEnter={arm} className="mt-1.5 flex flex-wrap gap-1.5">
        {images.map((image, at) => (
          <li key={image.id} data-place={image.id} className={cn("relative", markOf(place, image.id))}>
            <button
              type="button"
              data-picture={image.id}
              aria-label={`${image.name}, picture ${at + 1} of ${images.length}${at === 0 ? ", the main one" : ""}`}
              aria-pressed={image.id === chosenId}
              aria-keyshortcuts={onMove ? "Shift+ArrowLeft Shift+ArrowRight" : undefined}
              title={onMove ? `${image.name}: drag it, or move it with Shift and the arrow keys` : image.name}
              tabIndex={image.id === chosenId ? 0 : -1}
              onClick={() => onChoose(image.id)}
              onKeyDown={keyDown}
              className="block rounded-md aria-pressed:outline-2 aria-pressed:outline-accent"
            >
              <PictureBox image={image} alt="" size="small" className="pointer-events-none size-11" />
            </button>
          </li>
        ))}
      </ul>
      <output className="sr-only">{said}</output>
    </>
  );
}

function markOf(place: DropPlace | null, id: number) {
  if (place?.targetId !== id) return undefined;
  const line = "after:absolute after:inset-y-0 after:w-0.5 after:rounded-full after:bg-accent";
  return `${line} ${place.isAfter ? "after:-right-1" : "after:-left-1"}`;
}
