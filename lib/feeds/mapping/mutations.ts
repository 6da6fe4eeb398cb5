import "server-only";
import { z } from "zod";
import { recordAudit } from "@/lib/audit";
import { type Actor, actorUserId, assertCan } from "@/lib/auth/actor";
import { type Tx, transaction } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import { AppError } from "@/lib/errors";
import { type Mapping, mapping } from "../mapping";
import { mappingProblem } from "./check-mapping";

export const saveMappingInput = z.object({
  sourceId: z.uuid(),
  /** The version the person began with; 0 where there was none. */
  baseVersion: z.number().int().min(0),
  mapping,
  note: z.string().trim().max(200).default(""),
});

export const restoreMappingInput = z.object({
  sourceId: z.uuid(),
  baseVersion: z.number().int().min(0),
  version: z.number().int().min(1),
});

/**
 * Puts a mapping in force as the source's next version; earlier ones stay as they were.
 * @throws {AppError} `invalid_input` with what contradicts; `conflict` when somebody saved another meanwhile
 */
export async function saveMapping(actor: Actor, input: z.output<typeof saveMappingInput>) {
  assertCan(actor, "feed:run");
  return transaction((tx) => addVersion(tx, actor, input));
}

/**
 * Puts an earlier version in force again, as a new one.
 * @throws {AppError} `not_found`; `conflict` when somebody saved another meanwhile
 */
export async function restoreMapping(actor: Actor, input: z.output<typeof restoreMappingInput>) {
  assertCan(actor, "feed:run");
  const { sourceId, version, baseVersion } = input;
  return transaction(async (tx) => {
    const earlier = await tx.feedMapping.findUnique({ where: { sourceId_version: { sourceId, version } } });
    if (!earlier) throw new AppError("not_found", `This source's mapping has no version ${version}.`);
    const restored = mapping.parse(earlier.mapping);
    return addVersion(tx, actor, { sourceId, baseVersion, mapping: restored, note: `As version ${version}` });
  });
}

async function addVersion(
  tx: Tx,
  actor: Actor,
  input: { sourceId: string; baseVersion: number; mapping: Mapping; note: string },
) {
  const { sourceId, baseVersion, note } = input;
  await lockName(tx, "feed mappings");
  const source = await tx.feedSource.findUnique({ where: { id: sourceId }, select: { kind: true } });
  if (!source) throw new AppError("not_found", "There is no such feed source.");
  const last = await tx.feedMapping.findFirst({ where: { sourceId }, orderBy: { version: "desc" } });
  const lastVersion = last?.version ?? 0;
  if (lastVersion !== baseVersion) {
    throw new AppError(
      "conflict",
      `Somebody saved version ${lastVersion} of this mapping meanwhile. Open the page again to see it; what you changed is not saved.`,
    );
  }
  const problem = mappingProblem(source.kind, input.mapping) ?? (await typeProblem(tx, input.mapping));
  if (problem) throw new AppError("invalid_input", problem);
  if (last && JSON.stringify(mapping.parse(last.mapping)) === JSON.stringify(input.mapping)) {
    return { version: lastVersion, isNew: false };
  }
  const version = lastVersion + 1;
  await tx.feedMapping.create({
    data: { sourceId, version, mapping: input.mapping, note, createdById: actorUserId(actor) },
    select: { id: true },
  });
  await recordAudit(
    tx,
    actor,
    "mapping.save",
    { entity: "FeedSource", entityId: sourceId },
    { before: { version: lastVersion }, after: { version, note, columns: input.mapping.columns.length } },
  );
  return { version, isNew: true };
}

/** A metafield's type is fixed once it is defined. */
async function typeProblem(tx: Tx, { columns }: Mapping): Promise<string | null> {
  const wanted = columns.flatMap(({ column, target }) => (target.to === "metafield" ? [{ ...target, column }] : []));
  const namespaces = [...new Set(wanted.map((target) => target.namespace))];
  if (namespaces.length === 0) return null;
  const known = await tx.metafieldDefinition.findMany({
    where: { namespace: { in: namespaces } },
    select: { namespace: true, key: true, type: true },
  });
  const types = new Map(known.map((one) => [`${one.namespace}.${one.key}`, one.type]));
  for (const { column, namespace, key, type } of wanted) {
    const fixed = types.get(`${namespace}.${key}`);
    if (fixed && fixed !== type) {
      return `${column}: metafield ${namespace}.${key} is a ${fixed} already. Choose that type, or another key.`;
    }
  }
  return null;
}
