/** Views are few and pictures are many. Beyond so many they are no views, and not kept. */
const KEPT = 1_000;
const kept = new Map<string, string>();

/** `Alternate-Image1` → `Alternate image 1`. */
export function viewInWords(view: string): string {
  let words = kept.get(view);
  if (words === undefined) {
    words = inWords(view);
    if (kept.size < KEPT) kept.set(view, words);
  }
  return words;
}

function inWords(view: string): string {
  const words = view
    .replaceAll("-", " ")
    .replace(/(\D)(\d)/g, "$1 $2")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
