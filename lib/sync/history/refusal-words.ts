/** A refusal's machine word for people: `price_zero` is `Price zero`. */
export function refusalWords(code: string): string {
  const text = code.replaceAll(/[_-]+/g, " ").trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}
