import { useState } from "react";
import { usePrinting } from "@/components/ui/use-printing";

/** Lines of a group that the first paint carries, and that come at a time as one scrolls. */
const FIRST = 40;
const MORE = 60;

/** A long list that grows towards its end as one comes near it; `sentinel` stands below what is shown. */
export function useGrowingList(length: number) {
  const [grown, setCount] = useState(FIRST);
  const count = usePrinting() ? length : grown;

  function growWhenNear(element: HTMLElement | null) {
    if (!element) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && setCount(count + MORE),
      { rootMargin: "600px" },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }

  const sentinel = count < length && (
    <button
      // Another one each time: an observer tells only of what comes into view.
      key={count}
      ref={growWhenNear}
      type="button"
      className="w-full py-2 text-left text-accent hover:underline"
      onClick={() => setCount(length)}
    >
      Show the other {length - count}
    </button>
  );
  return { count, sentinel };
}
