const WORDS: Record<string, string> = {
  upc: "UPC / EAN",
  mpn: "Part number in feeds",
  sprc: "SP Richards code",
  cws: "CWS number",
  cws_catalog: "CWS catalogue number",
  erp: "ERP number",
  erp_base: "ERP base part number",
};

/** A kind of code as people call it: `cws_catalog` is "CWS catalogue number"; one we know nothing of, its own name. */
export function codeWords(type: string): string {
  return WORDS[type] ?? `${type.toUpperCase().replaceAll("_", " ")} code`;
}
