import "server-only";
import { codeIdentity } from "@/lib/catalog/codes";
import type { FieldSource } from "@/lib/catalog/field-source";
import type { Reader } from "@/lib/db/client";
import { inParts } from "@/lib/db/in-parts";
import { type CreatedProduct, changeLines, type FieldChange } from "../change";
import type { CatalogueProduct } from "../diff-product";
import { loadProducts, type RunSources } from "../load-products";
import { changedSince, isWritten } from "./changed-since";
import { loadHandles, loadItems, loadLeaners, type UndoneItem } from "./load-undone";
import { pastUndone } from "./past-undone";
import { type AppliedChange, type LeftSince, memoryAfter, type PlannedUndo, type UndoneRun } from "./undo-plan";

export interface PlannedProducts {
  plans: PlannedUndo[];
  /** As they stand now. */
  products: Map<string, CatalogueProduct>;
}

/** What taking a batch of a run's product changes back comes to, categories `back` being there again; writes nothing. */
export async function planProducts(
  on: Reader,
  run: UndoneRun,
  sources: RunSources,
  changes: AppliedChange[],
  back: ReadonlySet<string> = new Set(),
): Promise<PlannedProducts> {
  const batch = await pastUndone(on, run, changes);
  const ids = [...new Set(batch.flatMap((change) => change.entityId ?? []))];
  const products = await loadProducts(on, ids, sources);
  const items = await loadItems(on, run, batch);
  const leaners = await loadLeaners(
    on,
    run,
    batch.filter((change) => change.fields.product),
  );
  const handles = await loadHandles(on, batch.flatMap(handleBefore));
  const categories = await loadCategoryIds(on, batch);
  const plans = batch.map((change) => {
    const product = change.entityId ? products.get(change.entityId) : undefined;
    if (!product) return skipped(change, [{ field: "product", since: { words: "is gone already" } }]);
    if (change.fields.product) return planCreated(change, change.fields.product, product, leaners.get(product.id));
    return planUpdated(change, product, run, items.get(change.externalKey), (line) =>
      line.field === "handle"
        ? isFree(handles, line.before, product.id)
        : line.field !== "category" || !line.beforeId || categories.has(line.beforeId) || back.has(line.beforeId),
    );
  });
  return { plans, products };
}

function planUpdated(
  change: AppliedChange,
  product: CatalogueProduct,
  run: UndoneRun,
  item: UndoneItem | undefined,
  fits: (line: FieldChange) => boolean,
): PlannedUndo {
  const lines: FieldChange[] = [];
  const left: LeftSince[] = [];
  const written = (change.fields.update ?? []).filter(isWritten);
  for (const line of written) {
    const since = changedSince(line, product, run.id);
    if (since) left.push({ field: line.field, since });
    else if (fits(line)) lines.push(line);
    else left.push({ field: line.field, since: { words: "what it was is taken or gone" } });
  }
  if (lines.length === 0 && left.length > 0) return skipped(change, left);
  const memory = memoryAfter(change, lines, item);
  if (lines.length === 0 && memory.step === "leave") {
    return skipped(change, [{ field: "source", since: { words: "the feed has spoken of it again since" } }]);
  }
  const remembered = (change.fields.update ?? []).filter((line) => !isWritten(line));
  return { change, outcome: "restored", lines: [...lines, ...remembered], left, memory };
}

function planCreated(
  change: AppliedChange,
  created: CreatedProduct,
  product: CatalogueProduct,
  leaner: string | undefined,
): PlannedUndo {
  if (leaner) return skipped(change, [{ field: "product", since: { words: leaner } }]);
  if (product.version > 1 && !isAsCreated(created, product)) {
    const source = latestSource(product);
    return skipped(change, [{ field: "product", since: source ? { source } : { words: "changed since" } }]);
  }
  return { change, outcome: "removed", lines: changeLines(change.fields), left: [], memory: { step: "leave" } };
}

/** A product that was changed and changed back is as good as untouched. */
function isAsCreated(created: CreatedProduct, product: CatalogueProduct): boolean {
  const given = Object.keys(created.fieldSources ?? {});
  const sources = Object.keys(product.fieldSources);
  if (sources.length !== given.length || sources.some((field) => !isGivenThen(field, created, product))) return false;
  if (product.categoryId !== created.categoryId) return false;
  const fields = Object.entries(created.fields).every(([field, value]) =>
    // A handle that was another product's was left out.
    field === "handle" ? true : (product.fields[field] ?? "") === (value ?? ""),
  );
  const metafields = new Map(created.metafields.map((one) => [`${one.namespace}.${one.key}`, one.value]));
  const codes = new Set(created.codes.map(({ type, code }) => codeIdentity(type, code)));
  return (
    fields &&
    product.metafields.size === metafields.size &&
    [...product.metafields].every(([name, { value, source }]) => source === null && metafields.get(name) === value) &&
    product.codes.size === codes.size &&
    [...codes].every((code) => product.codes.has(code)) &&
    product.images.length === new Set(created.images.map((image) => `${image.view}\0${image.url}`)).size &&
    !product.images.some((image) => image.isByHand)
  );
}

function isGivenThen(field: string, created: CreatedProduct, product: CatalogueProduct) {
  return created.fieldSources?.[field]?.at === product.fieldSources[field]?.at;
}

function latestSource(product: CatalogueProduct): FieldSource | undefined {
  const sources = [
    ...Object.values(product.fieldSources),
    ...[...product.metafields.values()].flatMap((metafield) => metafield.source ?? []),
  ];
  return sources.sort((a, b) => b.at.localeCompare(a.at))[0];
}

export function skipped(change: AppliedChange, left: LeftSince[]): PlannedUndo {
  return { change, outcome: "skipped", lines: [], left, memory: { step: "leave" } };
}

function handleBefore({ fields }: AppliedChange) {
  const line = fields.update?.find((one) => one.field === "handle");
  return typeof line?.before === "string" && line.before ? line.before : [];
}

function isFree(handles: Map<string, string>, handle: FieldChange["before"], productId: string) {
  const owner = typeof handle === "string" ? handles.get(handle) : undefined;
  return owner === undefined || owner === productId;
}

async function loadCategoryIds(on: Reader, batch: AppliedChange[]) {
  const ids = batch.flatMap(({ fields }) => fields.update?.find((line) => line.field === "category")?.beforeId ?? []);
  const rows = await inParts(ids, (part) =>
    on.category.findMany({ where: { id: { in: part } }, select: { id: true } }),
  );
  return new Set(rows.map((row) => row.id));
}
