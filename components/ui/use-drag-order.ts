"use client";

import { useEffect, useEffectEvent, useRef } from "react";

/**
 * Lets the children of a list be dragged into another order; the library comes after the first paint. While one is
 * dragged it carries `data-dragged`, the one it would land beside `data-drop="above|below"`.
 * Buttons or keys must do the same for who can't drag.
 */
export function useDragOrder<List extends HTMLElement>(
  /** Changes when children come or go. */
  key: string,
  onMove: (from: number, to: number) => void,
) {
  const list = useRef<List>(null);
  const move = useEffectEvent(onMove);

  useEffect(
    function letChildrenBeDragged() {
      const container = list.current;
      if (!container || key === "") return;
      let release: (() => void) | undefined;
      let isGone = false;
      void import("@atlaskit/pragmatic-drag-and-drop/element/adapter").then(({ draggable, dropTargetForElements }) => {
        if (isGone) return;
        const children = [...container.children].filter((child) => child instanceof HTMLElement);
        const cleanups = children.flatMap((element) => [
          draggable({
            element,
            // By its handle where it has one: else what is typed in a child could not be selected with the mouse.
            canDrag: ({ input }) =>
              element.querySelector("[data-handle]") === null ||
              document.elementFromPoint(input.clientX, input.clientY)?.closest("[data-handle]") != null,
            getInitialData: () => ({ list: container }),
            onDragStart: () => element.setAttribute("data-dragged", ""),
            onDrop: () => element.removeAttribute("data-dragged"),
          }),
          dropTargetForElements({
            element,
            canDrop: ({ source }) => source.data.list === container,
            onDrag: ({ location }) =>
              element.setAttribute("data-drop", edgeAt(element, location.current.input.clientY)),
            onDragLeave: () => element.removeAttribute("data-drop"),
            onDrop({ source, location }) {
              element.removeAttribute("data-drop");
              const rows = [...container.children];
              const [from, over] = [rows.indexOf(source.element), rows.indexOf(element)];
              const below = edgeAt(element, location.current.input.clientY) === "below" ? 1 : 0;
              const to = over + below - (from < over + below ? 1 : 0);
              if (from !== to && from >= 0 && over >= 0) move(from, to);
            },
          }),
        ]);
        release = () => {
          for (const cleanup of cleanups) cleanup();
        };
      });
      return () => {
        isGone = true;
        release?.();
      };
    },
    [key],
  );
  return list;
}

function edgeAt(element: Element, y: number) {
  const { top, height } = element.getBoundingClientRect();
  return y < top + height / 2 ? "above" : "below";
}
