import { codec, type Rules, readJson } from "./codec";

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

function matches(text: string, pattern: string) {
  try {
    return new RegExp(pattern, "u").test(text);
  } catch {
    // Shopify's patterns are RE2: one that JavaScript can't read is left for Shopify to check.
    return true;
  }
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
