import { DefinitionKeys } from "./definitions";
import type { FeedDefinition, ReaderInput } from "./feed-record";
import { narrowestType, type ValueStats } from "./metafield-type";
import { slugKey, suffixedKey } from "./slug";

const NAMESPACE = "etilize";

/**
 * The definitions of all attributes that have values. The key is the slug of the name, with the attribute's id behind
 * it where another attribute of the feed has the same; whether that one has values today makes no difference, or keys
 * would hang on the day.
 */
export function etilizeDefinitions(
  names: Map<number, string>,
  stats: Map<number, ValueStats>,
  known: ReaderInput["knownDefinitions"],
): Map<number, FeedDefinition> {
  const nameOf = (id: number) => names.get(id)?.trim() || `Attribute ${id}`;
  const slugOf = (id: number) => slugKey(nameOf(id)) || "attribute";
  const sharing = new Map<string, number>();
  for (const id of new Set([...names.keys(), ...stats.keys()]))
    sharing.set(slugOf(id), (sharing.get(slugOf(id)) ?? 0) + 1);

  const keys = new DefinitionKeys(known);
  const definitions = new Map<number, FeedDefinition>();
  for (const [id, values] of stats) {
    const slug = slugOf(id);
    const withId = suffixedKey(slug, String(id));
    const definition = { externalKey: String(id), namespace: NAMESPACE, name: nameOf(id), type: narrowestType(values) };
    definitions.set(id, keys.define(definition, sharing.get(slug) === 1 ? [slug, withId] : [withId]));
  }
  return definitions;
}
