import type { Draft } from "./drafts";

function keyOf(productId: string) {
  return `stockroom:drafts:${productId}`;
}

/** Keeps what is typed for this browser tab: a reload or a wrong click loses nothing. */
export function rememberDrafts(productId: string, drafts: Record<string, Draft>) {
  sessionStorage.setItem(keyOf(productId), JSON.stringify(drafts));
}

export function forgetDrafts(productId: string) {
  sessionStorage.removeItem(keyOf(productId));
}

export function rememberedDrafts(productId: string): Record<string, Draft> | null {
  const stored = sessionStorage.getItem(keyOf(productId));
  // Written by rememberDrafts alone, in this tab.
  return stored ? (JSON.parse(stored) as Record<string, Draft>) : null;
}
