import { z } from "zod";
import { parentsFirst, whyUnreached } from "./category-forest";
import { readRaw } from "./csv";
import { FeedError } from "./feed-error";
import type { FeedRecord, FeedRejection, ReaderInput } from "./feed-record";
import { type JsonElement, jsonElements } from "./json-elements";
import { inBatches } from "./record-batches";
import type { RowProblem } from "./rows";
import { fileRead, openSourceFiles, type SourceFile } from "./source-files";

const id = z.union([z.string().trim().min(1), z.number()]).transform(String);
const text = z
  .string()
  .trim()
  .nullish()
  .transform((name) => name ?? "");
const named = z.object({ id, name: text });

/** A category as supplier trees write it: its way from the top, or its parent, or its children; ids are the keys. */
const node = named.extend({
  /** From the top to the category itself. */
  path: z.array(named).min(1).optional(),
  parentId: id.nullish(),
  subCategories: z.array(z.unknown()).optional(),
  children: z.array(z.unknown()).optional(),
  isActive: z.boolean().default(true),
});

interface Row {
  id: string;
  name: string;
  parentId: string | null;
  /** Says itself what it hangs on; else the lists of children decide. */
  saysParent: boolean;
  isActive: boolean;
  sortOrder: number;
  file: SourceFile;
  /** The object it stands in, which is its own unless it is written out within its parent. */
  place: Pick<JsonElement, "line" | "offset" | "bytes">;
  hasOwnRow: boolean;
}

/** Category trees as JSON (a list, or one object a line), plain, zipped or as gzip. They say nothing of products. */
export async function* readCategoryJson(input: ReaderInput): AsyncGenerator<FeedRecord[]> {
  const files = await openSourceFiles(input, (name, isBare) => isBare || /\.jsonl?$/i.test(name));
  if (files.length === 0) throw new FeedError("There is no JSON file in what was received. Send the category tree.");
  const forest = new Forest();
  const bytesTotal = files.reduce((sum, file) => sum + file.textBytes, 0);
  const rowsRead = new Map<SourceFile, number>();
  let bytesBefore = 0;
  for (const file of files) {
    let rows = 0;
    for await (const element of jsonElements(file, input.signal)) {
      rows++;
      const refusals: FeedRecord[] = [...forest.take(file, element)];
      if (refusals.length > 0) yield refusals;
      if (rows % 1_000 === 0) yield [{ record: "progress", bytesRead: bytesBefore + element.offset, bytesTotal }];
    }
    bytesBefore += file.textBytes;
    rowsRead.set(file, rows);
  }
  yield* inBatches(forest.end());
  yield files.map((file) => fileRead(file, rowsRead.get(file) ?? 0));
}

class Forest {
  readonly #rows = new Map<string, Row>();
  readonly #refused = new Map<string, RowProblem>();
  /** Which categories list a child, in the order of the file. */
  readonly #listedBy = new Map<string, { parent: Row; name: string }[]>();

  *take(file: SourceFile, element: JsonElement): Generator<FeedRejection> {
    const parsed = parseNode(element);
    if ("problem" in parsed) {
      yield refusal(file, element, parsed.problem);
      return;
    }
    const { path, parentId, isActive } = parsed;
    const saysParent = path !== undefined || parentId !== undefined;
    const row: Row = {
      id: parsed.id,
      name: parsed.name,
      parentId: path ? (path.at(-2)?.id ?? null) : (parentId ?? null),
      saysParent,
      isActive,
      sortOrder: this.#rows.size,
      file,
      place: element,
      hasOwnRow: true,
    };
    const clash = this.#clash(row);
    const problem = clash ?? (row.name === "" ? nameless(row.id) : null);
    if (problem) {
      if (!clash) this.#refused.set(row.id, problem);
      yield refusal(file, element, problem, row.id);
      return;
    }
    this.#rows.set(row.id, row);
    this.#takeChildren(row, parsed.subCategories ?? parsed.children ?? [], !saysParent);
  }

  /** Children of a category that says its own place are only named; else they are written out, to any depth. */
  #takeChildren(parent: Row, listed: unknown[], isWrittenOut: boolean) {
    for (const [sortOrder, one] of listed.entries()) {
      const child = node.safeParse(one).data;
      if (!child) continue;
      const claims = this.#listedBy.get(child.id) ?? [];
      this.#listedBy.set(child.id, [...claims, { parent, name: child.name }]);
      if (!isWrittenOut || this.#rows.has(child.id) || child.name === "") continue;
      const { file, place } = parent;
      const { name, isActive } = child;
      const row: Row = {
        id: child.id,
        name,
        parentId: null,
        saysParent: false,
        isActive,
        sortOrder,
        file,
        place,
        hasOwnRow: false,
      };
      this.#rows.set(child.id, row);
      this.#takeChildren(row, child.subCategories ?? child.children ?? [], true);
    }
  }

  /** A second row of one id: neither is the right one by itself, so the first stands and the second is refused. */
  #clash(row: Row): RowProblem | null {
    const first = this.#rows.get(row.id);
    if (!first?.hasOwnRow) return null;
    return {
      code: "duplicate_key",
      column: "id",
      reason: `Category ${row.id} stands in the file already, on line ${first.place.line}. Keep one of the two.`,
    };
  }

  *end(): Generator<FeedRecord> {
    for (const row of this.#rows.values()) {
      if (!row.saysParent) row.parentId = this.#listedBy.get(row.id)?.[0]?.parent.id ?? null;
    }
    const told = new Set<string>();
    for (const row of parentsFirst(this.#rows)) {
      told.add(row.id);
      const { id: key, name, sortOrder, isActive, file, place } = row;
      yield {
        record: "category",
        key,
        name,
        parentKey: row.parentId,
        sortOrder,
        isActive,
        at: { file: file.name, line: place.line },
        rows: row.hasOwnRow ? { [file.name]: 1 } : {},
      };
      yield* this.#severalParents(row);
    }
    for (const row of this.#rows.values()) {
      if (told.has(row.id)) continue;
      const problem = whyUnreached(row.id, this.#rows, this.#refused, row.saysParent ? "path" : "children");
      yield row.hasOwnRow ? refusal(row.file, row.place, problem, row.id) : warning(row, row.id, problem);
    }
    yield* this.#dangling();
  }

  *#severalParents(row: Row): Generator<FeedRejection> {
    const parents = [...(row.parentId === null ? [] : [row.parentId])];
    for (const { parent } of this.#listedBy.get(row.id) ?? [])
      if (!parents.includes(parent.id)) parents.push(parent.id);
    if (parents.length < 2) return;
    yield warning(row, row.id, {
      code: "several_parents",
      reason: `Category ${row.id} has ${parents.length} parents (${parents.join(", ")}). It was put under ${parents[0]}.`,
    });
  }

  *#dangling(): Generator<FeedRejection> {
    for (const [child, claims] of this.#listedBy) {
      const [first] = claims;
      if (!first || this.#rows.has(child) || this.#refused.has(child)) continue;
      yield warning(first.parent, child, {
        code: "child_missing",
        reason: `Category ${first.parent.id} lists ${first.name || child} (${child}) among its children, which the file does not have. It was left out.`,
      });
    }
  }
}

function parseNode({ text, isCut }: JsonElement): z.output<typeof node> | { problem: RowProblem } {
  if (isCut) return { problem: { code: "cut_row", reason: "The file ends within this object. Fetch it again." } };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { problem: { code: "not_json", reason: `This object is no JSON: ${why}.` } };
  }
  const parsed = node.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const column = String(issue?.path[0] ?? "id");
  return {
    problem: {
      code: "bad_value",
      column,
      reason: `A category needs an id and a name; ${column} is not as it should be.`,
    },
  };
}

function nameless(key: string): RowProblem {
  return { code: "name_missing", column: "name", reason: `Category ${key} has no name.` };
}

function refusal(
  file: SourceFile,
  { line, offset, bytes }: Pick<JsonElement, "line" | "offset" | "bytes">,
  problem: RowProblem,
  key?: string,
): FeedRejection {
  return {
    record: "rejection",
    severity: "error",
    at: { file: file.name, line },
    ...problem,
    key,
    raw: readRaw(file, offset, bytes),
    counted: { as: "rejected", rows: { [file.name]: 1 } },
  };
}

function warning(row: Row, key: string, problem: RowProblem): FeedRejection {
  const { file, place } = row;
  const raw = readRaw(file, place.offset, place.bytes);
  return {
    record: "rejection",
    severity: "warning",
    at: { file: file.name, line: place.line },
    ...problem,
    key,
    raw,
    counted: null,
  };
}
