import Link from "next/link";
import type { ReactNode } from "react";
import type { ShownReading } from "@/lib/catalog/list-query";
import { type ProductSearch, productListHref } from "@/lib/catalog/product-search";

type Props = { reading: ShownReading | null; base: string; search: ProductSearch };

/** Says above the list where the words were not taken as they were typed, and offers the other way. */
export function ReadingLine({ reading, base, search }: Props) {
  const sentence = reading && sentenceOf(reading, base, search);
  if (!sentence) return null;
  return (
    <p role="status" className="border-b bg-sunk px-3 py-1.5 text-xs">
      {sentence}
    </p>
  );
}

function sentenceOf(reading: ShownReading, base: string, search: ProductSearch) {
  const typed = search.q.trim();
  const literally = (label: string) => <Change href={productListHref(base, search, { literal: true })}>{label}</Change>;
  if (search.literal) {
    return (
      <>
        Searched to the letter.{" "}
        <Change href={productListHref(base, search, { literal: undefined })}>
          Find other spellings and names of it too
        </Change>
      </>
    );
  }
  if (reading.kind === "corrected") {
    return (
      <>
        Nothing is found by “{typed}”. Showing results for <b>{reading.shown}</b>.{" "}
        {literally(`Search for “${typed}” instead`)}
      </>
    );
  }
  if (reading.kind === "someWords") {
    return (
      <>
        No product has all the words of “{reading.shown}”. These have some of them.{" "}
        {literally("Only those that have all")}
      </>
    );
  }
  if (reading.didYouMean) {
    const q = reading.didYouMean;
    return (
      <>
        Did you mean <Change href={productListHref(base, search, { q })}>{q}</Change>?
      </>
    );
  }
  if (reading.alsoNamed.length === 0) return null;
  return (
    <>
      Also found as {reading.alsoNamed.map((name) => `“${name}”`).join(", ")}. {literally(`Only “${typed}”`)}
    </>
  );
}

function Change({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} prefetch={false} scroll={false} className="text-accent underline-offset-2 hover:underline">
      {children}
    </Link>
  );
}
