import "server-only";
import { detailRow, toDetails } from "@/lib/categories/write-details";
import type { Reader } from "@/lib/db/client";
import { inParts } from "@/lib/db/in-parts";
import { type CreatedCategory, changeLines, type FieldChange } from "../change";
import { loadItems, type UndoneItem } from "./load-undone";
import { pastUndone } from "./past-undone";
import { skipped } from "./plan-products";
import { type AppliedChange, type LeftSince, memoryAfter, type PlannedUndo, type UndoneRun } from "./undo-plan";

/** What earlier steps of an undo come to before they are written. */
export class Moved {
  /** How many go out of categories (or into them, when negative). */
  readonly products = new Map<string, number>();
  readonly children = new Map<string, number>();
  /** Merged categories that would be there again. */
  readonly back = new Set<string>();
  /** Categories that several of the run's changes speak of, as they stand once the later ones are taken back. */
  readonly #restored = new Map<string, Partial<Current>>();

  /** A category as the steps so far leave it. */
  asLeft(category: Current): Current {
    return { ...category, ...this.#restored.get(category.id) };
  }

  /** Takes in what the plans would do, as if it were done. */
  add(plans: PlannedUndo[]) {
    for (const plan of plans) {
      if (plan.outcome === "skipped") continue;
      if (plan.change.entity === "category") this.#addCategory(plan);
      else if (plan.outcome === "removed") leave(this.products, plan.change.fields.product?.categoryId);
      else this.#move(this.products, plan.lines, "category");
    }
  }

  #addCategory({ change, outcome, lines }: PlannedUndo) {
    if (change.fields.merged) return void this.back.add(change.entityId ?? "");
    if (outcome === "restored") {
      const before = Object.fromEntries(lines.filter(isColumn).map((line) => [line.field, line.before]));
      const parent = lines.find((line) => line.field === "parent");
      const restored = { ...before, ...(parent ? { parentId: parent.beforeId ?? null } : {}) };
      const id = change.entityId ?? "";
      this.#restored.set(id, { ...this.#restored.get(id), ...restored });
      return this.#move(this.children, lines, "parent");
    }
    leave(this.children, change.fields.category?.parentId);
  }

  #move(counts: Map<string, number>, lines: FieldChange[], field: string) {
    const line = lines.find((one) => one.field === field && !one.kept);
    if (!line) return;
    leave(counts, line.afterId);
    if (line.beforeId) counts.set(line.beforeId, (counts.get(line.beforeId) ?? 0) - 1);
  }
}

function isColumn({ field }: FieldChange) {
  return ["name", "description", "slug", "sortOrder", "isActive"].includes(field);
}

function leave(counts: Map<string, number>, id: string | null | undefined) {
  if (id) counts.set(id, (counts.get(id) ?? 0) + 1);
}

type Current = Awaited<ReturnType<typeof loadCategories>> extends Map<string, infer Row> ? Row : never;

/**
 * What taking a batch of a run's category changes back comes to, last first: each sees what the ones before it
 * would do. Writes nothing.
 */
export async function planCategories(on: Reader, run: UndoneRun, changes: AppliedChange[], moved: Moved) {
  const batch = await pastUndone(on, run, changes);
  const categories = await loadCategories(on, run, batch);
  const items = await loadItems(on, run, batch);
  const plans: PlannedUndo[] = [];
  for (const change of batch) {
    const category = change.entityId ? categories.get(change.entityId) : undefined;
    const plan = planOne(change, category && moved.asLeft(category), items.get(change.externalKey), moved, categories);
    moved.add([plan]);
    plans.push(plan);
  }
  return plans;
}

function planOne(
  change: AppliedChange,
  category: Current | undefined,
  item: UndoneItem | undefined,
  moved: Moved,
  categories: Map<string, Current>,
): PlannedUndo {
  const whole = (words: string) => skipped(change, [{ field: "category", since: { words } }]);
  const { merged } = change.fields;
  if (merged) {
    if (category) return whole("is there again already");
    const parentId = merged.row.parentId;
    if (typeof parentId === "string" && !categories.has(parentId) && !moved.back.has(parentId)) {
      return whole("where it was is gone");
    }
    return { change, outcome: "restored", lines: changeLines(change.fields), left: [], memory: { step: "leave" } };
  }
  if (!category) return whole("is gone already");
  const { category: created } = change.fields;
  if (created) {
    if (!isAsCreated(created, category)) return whole("changed since");
    const holds = whatItHolds(category, moved);
    if (holds) return whole(holds);
    return { change, outcome: "removed", lines: changeLines(change.fields), left: [], memory: { step: "leave" } };
  }
  const lines: FieldChange[] = [];
  const left: LeftSince[] = [];
  for (const line of (change.fields.update ?? []).filter((one) => one.field !== "source")) {
    if (!stands(line, category)) left.push({ field: line.field, since: { words: "changed since" } });
    else if (
      line.field === "parent" &&
      line.beforeId &&
      !categories.has(line.beforeId) &&
      !moved.back.has(line.beforeId)
    ) {
      left.push({ field: line.field, since: { words: "where it was is gone" } });
    } else lines.push(line);
  }
  if (lines.length === 0 && left.length > 0) return skipped(change, left);
  return { change, outcome: "restored", lines, left, memory: memoryAfter(change, lines, item) };
}

function isAsCreated(created: CreatedCategory, category: Current) {
  const { name, parentId, sortOrder, isActive } = category;
  return (
    name === created.name &&
    parentId === created.parentId &&
    sortOrder === created.sortOrder &&
    isActive === created.isActive
  );
}

/** What keeps a category from going, in words; null when nothing does. */
function whatItHolds({ id, _count: count, sourceItems }: Current, moved: Moved): string | null {
  if (count.products - (moved.products.get(id) ?? 0) > 0) return "holds products";
  if (count.children - (moved.children.get(id) ?? 0) > 0) return "holds other categories";
  if (count.icons > 0) return "has an icon";
  const [other] = sourceItems;
  return other ? `${other.source.name} speaks of it too` : null;
}

function stands(line: FieldChange, category: Current) {
  switch (line.field) {
    case "name":
      return category.name === line.after;
    case "description":
      return category.description === line.after;
    case "slug":
      // The tree numbers an address that another has.
      return category.slug === line.after || category.slug.startsWith(`${line.after}-`);
    case "parent":
      return category.parentId === (line.afterId ?? null);
    case "sortOrder":
      return category.sortOrder === line.after;
    case "isActive":
      return category.isActive === line.after;
    case "template":
      return toDetails(category).template === line.after;
    default:
      return standsAsDetail(line, category);
  }
}

function standsAsDetail({ field, after }: FieldChange, category: Current) {
  if (!field.startsWith("metafield:")) return false;
  return (toDetails(category).metafields.get(field.slice("metafield:".length))?.value ?? null) === after;
}

/** The batch's categories and those they would go back under. */
async function loadCategories(on: Reader, run: UndoneRun, batch: AppliedChange[]) {
  const parents = batch.flatMap(({ fields }) => {
    const above = fields.merged?.row.parentId;
    if (typeof above === "string") return above;
    return fields.update?.find((one) => one.field === "parent")?.beforeId ?? [];
  });
  const ids = [...batch.flatMap((change) => change.entityId ?? []), ...parents];
  const rows = await inParts(ids, (part) =>
    on.category.findMany({
      where: { id: { in: part } },
      select: {
        id: true,
        name: true,
        slug: true,
        ...detailRow,
        parentId: true,
        sortOrder: true,
        isActive: true,
        _count: { select: { products: true, children: true, icons: true } },
        sourceItems: {
          where: run.sourceId === null ? {} : { sourceId: { not: run.sourceId } },
          select: { source: { select: { name: true } } },
          take: 1,
        },
      },
    }),
  );
  return new Map(rows.map((row) => [row.id, row]));
}
