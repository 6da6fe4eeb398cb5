export interface PageCommand {
  label: string;
  run: () => void;
}

/** Parts of a page whose buttons and links are its commands; those of rows, cells and lines belong to these. */
const WHERE = "[data-commands]";

/** What the open page offers at the moment, by the names of its buttons. */
export function pageCommands(): PageCommand[] {
  const found = new Map<string, PageCommand>();
  for (const element of document.querySelectorAll<HTMLElement>(`${WHERE} button, ${WHERE} a[href]`)) {
    const label = nameOf(element);
    const isOff = element.matches(":disabled, [aria-disabled=true]") || !element.checkVisibility();
    if (label && !isOff && !found.has(label)) found.set(label, { label, run: () => press(element) });
  }
  return [...found.values()];
}

function nameOf(element: HTMLElement): string {
  const label = element.getAttribute("aria-label");
  if (label) return label;
  const copy = element.cloneNode(true);
  if (!(copy instanceof HTMLElement)) return "";
  // Its key stands beside its words.
  for (const key of copy.querySelectorAll("kbd")) key.remove();
  return (copy.textContent ?? "").replace(/\s+/g, " ").trim();
}

function press(element: HTMLElement) {
  if (!element.isConnected) return;
  element.focus();
  // A menu's button hears keys and pointers, no click.
  const isMenu = element.getAttribute("aria-haspopup") === "menu" && element.hasAttribute("data-state");
  if (isMenu) element.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
  else element.click();
}
