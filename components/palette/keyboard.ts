/** Letters after G, and where they lead. */
export const GO_TO: Record<string, { href: string; label: string }> = {
  o: { href: "/", label: "Overview" },
  i: { href: "/inbox", label: "Inbox" },
  c: { href: "/catalog", label: "Catalogue" },
  m: { href: "/metafields", label: "Metafields" },
  f: { href: "/feeds", label: "Feeds" },
  s: { href: "/syncs", label: "Syncs" },
  j: { href: "/jobs", label: "Jobs" },
  k: { href: "/icons", label: "Icons" },
};

/** Single letters are for writing while somebody writes, and for the dialog while one is open. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest("input, textarea, select, [role=dialog], [role=menu]") !== null;
}

export function isPlain(event: KeyboardEvent): boolean {
  return !event.ctrlKey && !event.metaKey && !event.altKey;
}
