import "server-only";
import { normalizeCode, toGtin14 } from "@/lib/catalog/codes";
import { selectRows } from "@/lib/db/bulk";
import type { Reader } from "@/lib/db/client";
import type { FeedProduct } from "@/lib/feeds/feed-record";
import type { Mapping } from "@/lib/feeds/mapping";
import { changeFields } from "./change";

/** Rows left alone that are named one by one; the others are counted. */
export const SKIPPED_NAMED = 1_000;

/** Why a source's mapping leaves an item alone. */
export const SKIP_CODES = ["mode_create_only", "mode_update_only", "not_stocked", "merged"] as const;
export type SkipCode = (typeof SKIP_CODES)[number];

export const SKIP_REASONS: Record<SkipCode, string> = {
  mode_create_only: "This source only adds products, and this one is in the catalogue already. It was left as it is.",
  mode_update_only:
    "This source only changes products that are in the catalogue, and this one is not. It was left out.",
  not_stocked: "No ERP list holds this product, and this source adds stocked products alone. It was left out.",
  merged: "Its product was merged into another one that this source has a row for: that row speaks for both.",
};

/** The skipped rows of a run in a sentence. */
export function skippedWords(code: SkipCode, rows: number): string {
  const subject = rows === 1 ? "1 row was" : `${rows.toLocaleString("en")} rows were`;
  const why: Record<SkipCode, string> = {
    mode_create_only: "products the catalogue has: this source only adds",
    mode_update_only: "products the catalogue lacks: this source only changes",
    not_stocked: "products no ERP list holds: this source adds stocked ones alone",
    merged: "products merged into others that this source has rows for: those speak",
  };
  return `${subject} left alone, ${why[code]}. They count as unchanged.`;
}

/** Which products a run may touch. */
export interface IntakeRules {
  mode: Mapping["mode"];
  /** Null: whatever the ERP holds. */
  stocked: StockedItems | null;
}

/** Codes whose text is an item number of the ERP. */
const ITEM_NUMBERS = new Set(["erp", "cws"]);

/** What the ERP sources hold: their items by number, and by the codes of those that wait for their product. */
export class StockedItems {
  private constructor(
    private readonly on: Reader,
    private readonly sourceIds: ReadonlySet<string>,
    private readonly waiting: ReadonlySet<string>,
  ) {}

  static async load(on: Reader): Promise<StockedItems> {
    const sources = await on.feedSource.findMany({ where: { kind: "erp" }, select: { id: true } });
    const waiting = new Set<string>();
    for (const { id } of sources) await addWaiting(on, id, waiting);
    return new StockedItems(on, new Set(sources.map((source) => source.id)), waiting);
  }

  /** The keys of those items that an ERP list holds. */
  async among(items: FeedProduct[]): Promise<Set<string>> {
    const numbers = items.flatMap((item) =>
      item.codes.filter((code) => ITEM_NUMBERS.has(code.type)).flatMap(({ code }) => [code, normalizeCode(code)]),
    );
    const rows = await selectRows<{ externalKey: string; sourceId: string }>(
      this.on,
      "SourceItem",
      `"SourceItem"."externalKey", "SourceItem"."sourceId"`,
      "externalKey",
      [...new Set(numbers)],
      `"entity" = 'product'`,
    );
    const held = new Set(
      rows.filter((row) => this.sourceIds.has(row.sourceId)).map((row) => normalizeCode(row.externalKey)),
    );
    const isStocked = ({ codes }: FeedProduct) =>
      codes.some(({ type, code }) => {
        const id = comparable(type, code);
        return this.waiting.has(id) || (ITEM_NUMBERS.has(type) && held.has(normalizeCode(code)));
      });
    return new Set(items.filter(isStocked).map((item) => item.key));
  }
}

/** Items of the source's last run that no product was found for. */
async function addWaiting(on: Reader, feedSourceId: string, waiting: Set<string>) {
  const last = await on.syncHistory.findFirst({
    where: { feedSourceId, isDryRun: false, status: { in: ["review", "success", "partial"] } },
    orderBy: { number: "desc" },
    select: { id: true },
  });
  for (let after = 0; last; ) {
    const rows = await on.syncChange.findMany({
      where: { runId: last.id, kind: { in: ["unmatched", "ambiguous"] }, id: { gt: after } },
      orderBy: { id: "asc" },
      take: 1_000,
      select: { id: true, externalKey: true, detail: { select: { fields: true } } },
    });
    for (const row of rows) {
      after = row.id;
      waiting.add(comparable("erp", row.externalKey));
      const { item } = changeFields.parse(row.detail?.fields ?? {});
      for (const { type, code } of item?.codes ?? []) waiting.add(comparable(type, code));
    }
    if (rows.length < 1_000) return;
  }
}

function comparable(type: string, code: string) {
  if (ITEM_NUMBERS.has(type)) return `item\0${normalizeCode(code)}`;
  return `${type}\0${(type === "upc" && toGtin14(code)) || normalizeCode(code)}`;
}
