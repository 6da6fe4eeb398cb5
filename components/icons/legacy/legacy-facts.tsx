import type { ReactNode } from "react";
import { formatDuration } from "@/lib/format";
import type { IconDetails } from "@/lib/icons/get-icon";

type Fact = [label: string, value: ReactNode];

/** What the system that an icon comes from said of it; nothing of what it did not say. */
export function legacyFacts(icon: IconDetails): Fact[] {
  const look = [icon.style, icon.color, icon.background].filter(Boolean).join(" · ");
  const all: Fact[] = [
    ["Its key", icon.legacyId],
    ["Category", icon.legacyCategory],
    ["Prompt", icon.prompt && <span className="whitespace-pre-wrap">{icon.prompt}</span>],
    ["Model", icon.model],
    ["Look", look],
    ["Took", icon.generationTime === null ? null : formatDuration(icon.generationTime)],
    ["Collection", icon.collectionId],
    ["Shopify image", icon.shopifyImageUrl],
  ];
  return icon.legacyId === null ? [] : all.filter(([, value]) => value);
}
