"use client";

import { type RefObject, useEffect, useEffectEvent, useState } from "react";
import type { PictureView } from "@/lib/images/picture-view";

/** Between which pictures a dragged one would land. */
export interface DropPlace {
  targetId: number;
  isAfter: boolean;
}

/**
 * Lets pictures be dragged to another place in their list; each `li` there says its picture's id in `data-place`. The
 * library comes when a pointer does.
 */
export function usePictureDrag(
  list: RefObject<HTMLUListElement | null>,
  images: PictureView[],
  onMove: ((id: number, to: number) => void) | null,
) {
  const [isArmed, setArmed] = useState(false);
  const [place, setPlace] = useState<DropPlace | null>(null);
  const order = images.map((image) => image.id).join();
  const canMove = onMove !== null;
  const moved = useEffectEvent((id: number, to: number) => onMove?.(id, to));

  useEffect(
    function letPicturesBeDragged() {
      if (!isArmed || !canMove) return;
      let stop: (() => void) | undefined;
      let isGone = false;
      const load = async () => {
        const adapter = await import("@atlaskit/pragmatic-drag-and-drop/element/adapter");
        if (isGone || !list.current) return;
        const ids = order.split(",").map(Number);
        const stops = [...list.current.querySelectorAll<HTMLElement>("[data-place]")].flatMap((element) => {
          const id = Number(element.dataset.place);
          return [
            adapter.draggable({ element, getInitialData: () => ({ picture: id }) }),
            adapter.dropTargetForElements({
              element,
              canDrop: ({ source }) => typeof source.data.picture === "number",
              getData: ({ input }) => {
                const { left, width } = element.getBoundingClientRect();
                return { targetId: id, isAfter: input.clientX > left + width / 2 };
              },
            }),
          ];
        });
        stops.push(
          adapter.monitorForElements({
            canMonitor: ({ source }) => ids.includes(Number(source.data.picture)),
            onDrag: ({ location }) => {
              const next = placeOf(location.current.dropTargets[0]?.data);
              setPlace((now) => (isSame(now, next) ? now : next));
            },
            onDrop: ({ source, location }) => {
              setPlace(null);
              const target = placeOf(location.current.dropTargets[0]?.data);
              const id = Number(source.data.picture);
              if (!target || target.targetId === id) return;
              const others = ids.filter((other) => other !== id);
              moved(id, others.indexOf(target.targetId) + (target.isAfter ? 1 : 0));
            },
          }),
        );
        stop = () => {
          for (const end of stops) end();
        };
      };
      void load();
      return () => {
        isGone = true;
        stop?.();
      };
    },
    [isArmed, canMove, list, order],
  );

  return { arm: () => setArmed(true), place };
}

function placeOf(data: Record<string | symbol, unknown> | undefined): DropPlace | null {
  return typeof data?.targetId === "number" ? { targetId: data.targetId, isAfter: data.isAfter === true } : null;
}

function isSame(a: DropPlace | null, b: DropPlace | null) {
  return a?.targetId === b?.targetId && a?.isAfter === b?.isAfter;
}
