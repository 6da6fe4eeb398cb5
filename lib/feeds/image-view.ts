/** `Alternate-Image1` → `Alternate image 1`. */
export function viewInWords(view: string): string {
  const words = view
    .replaceAll("-", " ")
    .replace(/(\D)(\d)/g, "$1 $2")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
