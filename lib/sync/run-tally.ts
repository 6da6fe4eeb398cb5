import "server-only";
import { z } from "zod";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import type { FeedFileRead, FeedProduct, FeedRejection } from "@/lib/feeds/feed-record";
import type { KeyTable } from "@/lib/feeds/key-table";
import type { RunFigures } from "./feed-profile";
import { priceFactor } from "./guards";
import { SKIP_CODES, SKIPPED_NAMED, type SkipCode, skippedWords } from "./intake-rules";
import { RowLedger } from "./row-ledger";
import type { PriceMove, StagedProduct } from "./staged-product";

/** Prices beyond the limit that are remembered by name; the others are counted. */
const JUMPS_KEPT = 100;
const UNSURE =
  "Too many rows could not be read to say which products they are: nothing was marked missing. Mend the file and import it again.";

const number = z.number();

const stagedCounts = z.object({
  total: number,
  created: number,
  updated: number,
  unchanged: number,
  held: number,
  rejected: number,
  repeated: number,
  missing: number,
  warnings: number,
  categories: z.object({ created: number, updated: number, unchanged: number }),
});

/** What staging found, in products unless said otherwise. */
export type StagedCounts = z.output<typeof stagedCounts>;

/** What comparing alone can tell: the rest of a tally comes from reading, and is read again. */
export const savedTally = z.object({
  counts: stagedCounts,
  jumps: z.array(z.object({ label: z.string(), beforeCents: number, afterCents: number })),
  jumpCount: number,
  greatestFactor: number,
  skipped: z.array(z.tuple([z.enum(SKIP_CODES), number])),
});

/** One file of a run, and what became of its rows. */
export interface StagedFile {
  file: FeedFileRead;
  staged: number;
  unchanged: number;
  repeated: number;
  rejected: number;
}

/** Counts what staging finds: products by outcome, rows by file, and the figures that the guards go by. */
export class RunTally {
  readonly ledger: RowLedger;
  counts: StagedCounts = {
    total: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
    held: 0,
    rejected: 0,
    repeated: 0,
    missing: 0,
    warnings: 0,
    categories: { created: 0, updated: 0, unchanged: 0 },
  };
  /** Products the source knew before; of those this run lacks, those lacking for the first time, and those to archive. */
  known = 0;
  newlyMissing = 0;
  archiving = 0;
  #jumps: RunFigures["priceJumps"] = [];
  #jumpCount = 0;
  #greatestFactor = 1;
  #skipped = new Map<SkipCode, number>();

  /** Files that products stand in: only their refused rows are refused products. */
  readonly #productFiles = new Set<string>();
  readonly #refusals: { file: string; as: "rejected" | "repeated" }[] = [];

  constructor(keys?: KeyTable) {
    this.ledger = new RowLedger(keys);
  }

  /** Compared so far. */
  get compared() {
    const { created, updated, unchanged, held } = this.counts;
    return created + updated + unchanged + held;
  }

  meet(product: FeedProduct) {
    this.#productFiles.add(product.at.file);
  }

  /** Counts a product by what it came to. */
  take(staged: StagedProduct) {
    const { item, outcome } = staged;
    switch (outcome) {
      case "unchanged":
        this.counts.unchanged++;
        this.ledger.countProduct(item, "unchanged");
        return;
      case "skipped":
        this.#skipped.set(staged.code, (this.#skipped.get(staged.code) ?? 0) + 1);
        this.counts.unchanged++;
        this.ledger.countProduct(item, "unchanged");
        if (this.isNamed(staged.code)) this.counts.warnings++;
        return;
      case "rejected":
        this.counts.rejected++;
        this.ledger.countProduct(item, "rejected");
        return;
      case "new":
      case "changed":
      case "held":
        this.counts[outcome === "new" ? "created" : outcome === "changed" ? "updated" : "held"]++;
        this.ledger.countProduct(item, "staged");
        if (staged.priceMove) this.#takePriceMove(staged.priceMove);
        return;
      default:
        staged satisfies never;
    }
  }

  /** Whether the item just skipped for this reason is still told by its row; of many, the others are only counted. */
  isNamed(code: SkipCode) {
    return (this.#skipped.get(code) ?? 0) <= SKIPPED_NAMED;
  }

  refuse(rejection: FeedRejection) {
    if (rejection.severity === "warning") this.counts.warnings++;
    if (rejection.key) this.ledger.markSeen(rejection.key);
    else if (rejection.severity === "error") this.ledger.markUnreadable(rejection.raw);
    if (!rejection.counted) return;
    this.ledger.count(rejection.counted.as, rejection.counted.rows);
    this.#refusals.push({ file: rejection.at.file, as: rejection.counted.as });
  }

  /** Whether a product told earlier can still be taken back; its rows are rejected then. */
  retract(key: string): boolean {
    const bucket = this.ledger.bucketOf(key);
    const file = [...this.#productFiles][0];
    if (!bucket || bucket === "rejected" || file === undefined) return false;
    this.ledger.retract(key, file);
    this.#refusals.push({ file, as: "rejected" });
    return true;
  }

  save(): z.output<typeof savedTally> {
    const { counts } = this;
    return {
      counts: { ...counts, categories: { ...counts.categories } },
      jumps: this.#jumps,
      jumpCount: this.#jumpCount,
      greatestFactor: this.#greatestFactor,
      skipped: [...this.#skipped],
    };
  }

  restore(saved: z.output<typeof savedTally>) {
    this.counts = saved.counts;
    this.#jumps = saved.jumps;
    this.#jumpCount = saved.jumpCount;
    this.#greatestFactor = saved.greatestFactor;
    this.#skipped = new Map(saved.skipped);
  }

  /** Once all is read: adds the refused rows that stand for products. */
  end() {
    for (const refusal of this.#refusals) {
      if (this.#productFiles.has(refusal.file) || this.#productFiles.size === 0) this.counts[refusal.as]++;
    }
    this.counts.total = this.compared + this.counts.rejected + this.counts.repeated;
  }

  figures(isTree: boolean, cutFiles: string[]): Omit<RunFigures, "lastItems"> {
    const { created, updated, unchanged } = this.counts.categories;
    return {
      items: isTree ? created + updated + unchanged : this.compared,
      newlyMissing: this.newlyMissing,
      known: this.known,
      archiving: this.archiving,
      refused: this.counts.rejected,
      priceJumps: this.#jumps,
      priceJumpCount: this.#jumpCount,
      greatestPriceFactor: this.#greatestFactor,
      cutFiles,
    };
  }

  /** Worth knowing, and no row's fault. */
  warnings(): string[] {
    return [
      ...(this.ledger.isUnsure ? [UNSURE] : []),
      ...[...this.#skipped].map(([code, rows]) => skippedWords(code, rows)),
    ];
  }

  /**
   * What became of each file's rows. Those of lookup tables belong to no item: taken in where the table changed since
   * the last run, else unchanged.
   * @throws {AppError} `internal` when a file's rows don't add up
   */
  async files(runId: string, files: FeedFileRead[]): Promise<StagedFile[]> {
    const earlier = await db.syncFile.findMany({
      where: { hash: { in: files.map((file) => file.hash) }, runId: { not: runId } },
      select: { name: true, hash: true },
    });
    const known = new Set(earlier.map((file) => `${file.name}\0${file.hash}`));
    return files.map((file) => {
      const counts = { ...this.ledger.countsOf(file) };
      counts[known.has(`${file.name}\0${file.hash}`) ? "unchanged" : "staged"] += file.rowsReference;
      const sum = counts.staged + counts.unchanged + counts.repeated + counts.rejected;
      if (sum !== file.rowsRead) {
        throw new AppError(
          "internal",
          `${file.name}: ${file.rowsRead} rows were read, but ${sum} are accounted for. Nothing was applied.`,
        );
      }
      return { file, ...counts };
    });
  }

  #takePriceMove({ isJump, ...move }: PriceMove) {
    this.#greatestFactor = Math.max(this.#greatestFactor, priceFactor(move));
    if (!isJump) return;
    this.#jumpCount++;
    if (this.#jumps.length < JUMPS_KEPT) this.#jumps.push(move);
  }
}
