type Value = string | number | boolean | null | undefined;

/** An address with its query; null, undefined, "" and false are left out, true is `1`. */
export function hrefWith(path: string, query: Record<string, Value>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === null || value === undefined || value === "" || value === false) continue;
    params.set(name, value === true ? "1" : String(value));
  }
  const text = params.toString();
  return text ? `${path}?${text}` : path;
}
