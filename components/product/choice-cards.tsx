"use client";

import type { ReactNode } from "react";
import { Kbd } from "@/components/ui/kbd";
import { cn } from "@/lib/class-names";

export interface Card {
  title: ReactNode;
  value: string;
  /** Null: shown for comparison only. */
  choose: (() => void) | null;
  isCurrent?: boolean;
}

type Props = { label: string; cards: Card[]; tone: "conflict" | "kept" };

/** Values side by side, each that can be chosen under its own number key. */
export function ChoiceCards({ label, cards, tone }: Props) {
  const choosable = cards.filter((card) => card.choose);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset can't be laid out as a grid in every browser
    <div
      role="group"
      aria-label={label}
      className="grid grid-cols-1 gap-2 pt-0.5 pb-2.5 @xl:grid-cols-3"
      onKeyDown={(event) => choosable[Number(event.key) - 1]?.choose?.()}
    >
      {cards.map((card, index) => (
        <ValueCard
          // biome-ignore lint/suspicious/noArrayIndexKey: the cards are always the same three
          key={index}
          card={card}
          digit={choosable.indexOf(card) + 1}
          tone={tone}
        />
      ))}
    </div>
  );
}

function ValueCard({ card, digit, tone }: { card: Card; digit: number; tone: Props["tone"] }) {
  const content = (
    <>
      <span className="mb-0.5 flex items-center gap-1.5 text-2xs text-muted">
        {card.title}
        {card.choose && <Kbd>{digit}</Kbd>}
      </span>
      <span className="line-clamp-6 break-words whitespace-pre-wrap">
        {card.value === "" ? <i className="text-muted">empty</i> : card.value}
      </span>
    </>
  );
  const look = cn(
    "flex flex-col justify-start rounded-md border px-2.5 py-1.5 text-left",
    card.isCurrent && "border-accent bg-accent-soft",
    tone === "conflict" && card.choose && "border-amber",
  );
  if (!card.choose) return <div className={look}>{content}</div>;
  return (
    <button type="button" data-choice onClick={card.choose} className={cn(look, "hover:border-accent")}>
      {content}
    </button>
  );
}
