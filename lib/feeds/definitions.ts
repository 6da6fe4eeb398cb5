import type { FeedDefinition, FeedMetafield, ReaderInput } from "./feed-record";
import { toMetafieldValue } from "./metafield-type";

const FALLBACK_TYPE = "single_line_text_field";

/** Keys of one feed's metafields: those given by earlier runs stay, and no new one takes a key twice. */
export class DefinitionKeys {
  private readonly taken = new Set<string>();

  constructor(private readonly known: ReaderInput["knownDefinitions"]) {
    for (const { namespace, key } of known.values()) this.taken.add(`${namespace}.${key}`);
  }

  /** The definition under its known key and type, else under the first free of the keys proposed, best first. */
  define(definition: Omit<FeedDefinition, "record" | "key">, proposed: Iterable<string>): FeedDefinition {
    const known = this.known.get(definition.externalKey);
    if (known) return { record: "definition", ...definition, ...known };
    for (const key of proposed) {
      const id = `${definition.namespace}.${key}`;
      if (this.taken.has(id)) continue;
      this.taken.add(id);
      return { record: "definition", ...definition, key };
    }
    throw new RangeError(`No key is free for ${definition.externalKey}.`);
  }
}

/** A text as the definition's metafield. What doesn't fit the type is kept as text: `isMisfit`. */
export function asMetafield(
  definition: Pick<FeedDefinition, "namespace" | "key" | "type">,
  text: string,
): { metafield: FeedMetafield; isMisfit: boolean } {
  const { namespace, key, type } = definition;
  const value = toMetafieldValue(type, text);
  if (value === null) return { metafield: { namespace, key, value: text, type: FALLBACK_TYPE }, isMisfit: true };
  return { metafield: { namespace, key, value, type }, isMisfit: false };
}
