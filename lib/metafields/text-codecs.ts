import { codec, type Rules, readJson } from "./codec";
import { type CompiledPattern, compilePattern } from "./linear-regex";
import { isRecord } from "./number-codecs";

const characters = { of: (text: string) => [...text].length, unit: "characters" };

/** `choices` is a JSON array of the texts allowed, `regex` a pattern the text must match somewhere. */
function checkText(text: string, rules: Rules): string | null {
  const choices = choicesOf(rules);
  if (choices && !choices.includes(text)) return `Choose one of ${choices.join(", ")}.`;
  if (rules.regex !== undefined && !matches(text, rules.regex)) return `Enter a text of the form ${rules.regex}.`;
  return null;
}

/** The texts a definition allows, or null when any will do. */
export function choicesOf(rules: Rules): string[] | null {
  const choices = rules.choices === undefined ? undefined : readJson(rules.choices);
  return Array.isArray(choices) ? choices.map(String) : null;
}

let last: { pattern: string; compiled: CompiledPattern } | undefined;

/** A pattern that only Shopify's engine can read is left for Shopify to check. */
function matches(text: string, pattern: string) {
  // A feed asks for one pattern many times in a row.
  if (last?.pattern !== pattern) last = { pattern, compiled: compilePattern(pattern) };
  return !last.compiled.ok || last.compiled.test(text);
}

export const singleLineText = codec<string>({
  label: "Single line text",
  hint: "Enter one line of text.",
  control: "text",
  read: (text) => (/[\r\n]/.test(text.trim()) ? null : text.trim()),
  store: (text) => text,
  size: characters,
  check: checkText,
});

export const multiLineText = codec<string>({
  label: "Multi-line text",
  hint: "Enter text.",
  control: "multiline",
  read: (text) => text.replace(/\r\n?/g, "\n"),
  store: (text) => text,
  size: characters,
  check: checkText,
});

const SCHEMES = /^(https?:\/\/[^\s/]+|mailto:\S|sms:\S|tel:\S)/i;

export const url = codec<string>({
  label: "URL",
  hint: "Enter a full address like https://example.com.",
  control: "url",
  read: (text) => (SCHEMES.test(text.trim()) && URL.canParse(text.trim()) ? text.trim() : null),
  store: (text) => text,
  check(text, rules) {
    const domains = rules.allowed_domains === undefined ? undefined : readJson(rules.allowed_domains);
    if (!Array.isArray(domains)) return null;
    const host = new URL(text).hostname;
    const isAllowed = domains.some((domain) => host === domain || host.endsWith(`.${domain}`));
    return isAllowed ? null : `Enter an address at ${domains.join(" or ")}.`;
  },
});

export const color = codec<string>({
  label: "Colour",
  hint: "Enter a colour like #0a7d5c.",
  control: "color",
  read(text) {
    const digits = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim())?.[1]?.toLowerCase();
    if (!digits) return null;
    return `#${digits.length === 3 ? digits.replace(/./g, "$&$&") : digits}`;
  },
  store: (text) => text,
});

/** Shopify's own JSON of formatted text: kept as it stands. */
export const richText = codec<string>({
  label: "Rich text",
  hint: 'Enter Shopify\'s rich text as JSON, like {"type": "root", "children": []}.',
  control: "multiline",
  read(text) {
    const value = readJson(text);
    return isRecord(value) && value.type === "root" && Array.isArray(value.children) ? text.trim() : null;
  },
  store: (text) => text,
  isJson: true,
  maxLength: 2_000_000,
});

export const link = codec<{ text: string; url: string }>({
  label: "Link",
  hint: 'Enter a text and an address like "Manual https://example.com/manual.pdf".',
  control: "text",
  read(typed) {
    const stored = readJson(typed);
    if (isRecord(stored)) return linkOf(stored.text, stored.url);
    const [, text, address] = /^\s*(\S[^\r\n]*?)\s+(\S+)\s*$/.exec(typed) ?? [];
    return linkOf(text, address);
  },
  store: ({ text, url }) => JSON.stringify({ text, url }),
  edit: (value) => {
    const shown = `${value.text} ${value.url}`;
    const [, text] = /^\s*(\S[^\r\n]*?)\s+(\S+)\s*$/.exec(shown) ?? [];
    // A text that could be read in another way is edited as it is stored.
    return text === value.text && readJson(shown) === undefined ? shown : JSON.stringify(value);
  },
  display: ({ text, url }) => `${text} (${url})`,
  isJson: true,
});

function linkOf(text: unknown, address: unknown) {
  if (typeof text !== "string" || typeof address !== "string" || text.trim() === "") return null;
  return SCHEMES.test(address) && URL.canParse(address) ? { text: text.trim(), url: address } : null;
}

export const json = codec<string>({
  label: "JSON",
  hint: 'Enter JSON like {"brand": "HP"}.',
  control: "multiline",
  // Kept as typed: writing it anew would round large numbers and drop repeated keys.
  read: (text) => (readJson(text) === undefined ? null : text.trim()),
  store: (text) => text,
  isJson: true,
  maxLength: 2_000_000,
});
