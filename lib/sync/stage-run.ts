import "server-only";
import { type BulkRow, insertRows } from "@/lib/db/bulk";
import { db, type Tx, transaction } from "@/lib/db/client";
import { type ChangeRow, insertChanges } from "@/lib/db/sync-changes";
import { AppError } from "@/lib/errors";
import type {
  FeedCategory,
  FeedDefinition,
  FeedFileRead,
  FeedKind,
  FeedProduct,
  FeedRecord,
  FeedRejection,
  FeedRetraction,
} from "@/lib/feeds/feed-record";
import type { Mapping } from "@/lib/feeds/mapping";
import type { FeedPolicies } from "@/lib/feeds/policies";
import type { JobContext } from "@/lib/jobs/define-job";
import { CategoryMap } from "./category-map";
import { type FeedProfile, ProfileGatherer, type RunFigures } from "./feed-profile";
import { FileEnds } from "./file-ends";
import { priceFactor } from "./guards";
import { SKIP_REASONS, SKIPPED_NAMED, type SkipCode, StockedItems, skippedWords } from "./intake-rules";
import { loadRunSources } from "./load-products";
import { Matcher } from "./match";
import { stageCategories } from "./stage-categories";
import { listMissing, missingChange } from "./stage-missing";
import { type PriceMove, type StagedProduct, type StagingContext, stageProducts } from "./stage-products";
import { RowLedger, rejectionRow } from "./staging";
import { Stopwatch } from "./stopwatch";

/** Items compared and written together. */
const BATCH = 1_000;
/** Fewer of them, where they are large: what was read of the feed since the last batch, in bytes. */
const BATCH_BYTES = 16 * 2 ** 20;
/** Prices beyond the limit that are remembered by name; the others are counted. */
const JUMPS_KEPT = 100;
const UNSURE =
  "Too many rows could not be read to say which products they are: nothing was marked missing. Mend the file and import it again.";

export interface RunToStage {
  id: string;
  sourceId: string;
  kind: FeedKind;
  policies: FeedPolicies;
  /**
   * The state of changes that need no person's answer. `approved` saves writing each row again when the run is to be
   * applied without review.
   */
  initialState: "staged" | "approved";
  /** It holds only some rows of the feed: what it lacks is not missing. */
  isPartial?: boolean;
  /** Which products its mapping lets it touch; absent: any. */
  intake?: { mode: Mapping["mode"]; stockedOnly: boolean };
}

/** What staging found, in products unless said otherwise. */
export interface StagedCounts {
  total: number;
  created: number;
  updated: number;
  unchanged: number;
  held: number;
  rejected: number;
  repeated: number;
  missing: number;
  warnings: number;
  categories: { created: number; updated: number; unchanged: number };
}

export interface StagedRun {
  counts: StagedCounts;
  figures: Omit<RunFigures, "lastItems">;
  profile: FeedProfile;
  /** Worth knowing, and no row's fault. */
  warnings: string[];
  /** JSON bytes of the changes. */
  changeBytes: number;
  /** What the time went to, in milliseconds. */
  spent: Record<string, number>;
  files: { file: FeedFileRead; staged: number; unchanged: number; repeated: number; rejected: number }[];
  definitions: FeedDefinition[];
}

/** Reads a feed to its end and writes down what it would change, and what it refuses; the catalogue stays as it is. */
export async function stageRun(
  run: RunToStage,
  records: AsyncIterable<FeedRecord>,
  context: JobContext,
): Promise<StagedRun> {
  const [sources, categories] = await Promise.all([loadRunSources(db), CategoryMap.load(db, run.sourceId)]);
  const staging: StagingContext & { watch: Stopwatch } = {
    on: db,
    runId: run.id,
    sourceId: run.sourceId,
    kind: run.kind,
    policies: run.policies,
    categories,
    sources,
    matcher: new Matcher(db, run.sourceId),
    watch: new Stopwatch("read"),
    intake: run.intake && {
      mode: run.intake.mode,
      stocked: run.intake.stockedOnly ? await StockedItems.load(db) : null,
    },
  };
  const stager = new Stager(staging, run.initialState, context, run.isPartial ?? false);
  for await (const record of records) await stager.take(record);
  return stager.finish();
}

class Stager {
  readonly #ledger = new RowLedger();
  readonly #files: FeedFileRead[] = [];
  readonly #definitions: FeedDefinition[] = [];
  readonly #jumps: RunFigures["priceJumps"] = [];
  readonly #profile = new ProfileGatherer();
  readonly #ends = new FileEnds();
  readonly #counts: StagedCounts = {
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
  /** Files that products stand in: only their refused rows are refused products. */
  readonly #productFiles = new Set<string>();
  readonly #refusals: { file: string; as: "rejected" | "repeated" }[] = [];
  #categories: FeedCategory[] = [];
  #products: FeedProduct[] = [];
  #changes: ChangeRow[] = [];
  #changeBytes = 0;
  #rejections: BulkRow[] = [];
  #read = { bytesRead: 0, bytesTotal: 0 };
  #comparedBytes = 0;

  constructor(
    private readonly staging: StagingContext & { watch: Stopwatch },
    private readonly initialState: "staged" | "approved",
    private readonly context: JobContext,
    private readonly isPartial: boolean,
  ) {}

  async take(record: FeedRecord) {
    switch (record.record) {
      case "product":
        if (this.#categories.length > 0) await this.#flushCategories();
        this.#productFiles.add(record.at.file);
        this.#profile.add(record);
        this.#ends.reach(record.at);
        this.#products.push(record);
        if (this.#products.length >= BATCH) await this.#flushProducts();
        return;
      case "category":
        this.#categories.push(record);
        if (this.#categories.length >= BATCH) await this.#flushCategories();
        return;
      case "definition":
        this.#definitions.push(record);
        return;
      case "rejection":
        return this.#reject(record);
      case "retract":
        return this.#retract(record);
      case "file":
        this.#files.push(record);
        return;
      case "progress":
        this.#read = record;
        if (record.bytesRead - this.#comparedBytes > BATCH_BYTES) await this.#flushProducts();
        return this.#report();
      default:
        record satisfies never;
    }
  }

  async finish(): Promise<StagedRun> {
    await this.#flushCategories();
    await this.#flushProducts();
    await this.staging.watch.during("look up", () => this.#stageMissing());
    await this.#write();
    for (const refusal of this.#refusals) {
      if (this.#productFiles.has(refusal.file) || this.#productFiles.size === 0) this.#counts[refusal.as]++;
    }
    const { created, updated, unchanged, held, rejected, repeated, categories } = this.#counts;
    this.#counts.total = created + updated + unchanged + held + rejected + repeated;
    const isTree = this.staging.kind === "category_json";
    return {
      counts: this.#counts,
      figures: {
        items: isTree
          ? categories.created + categories.updated + categories.unchanged
          : created + updated + unchanged + held,
        newlyMissing: this.#newlyMissing,
        known: this.#known,
        archiving: this.#archiving,
        refused: rejected,
        priceJumps: this.#jumps,
        priceJumpCount: this.#jumpCount,
        greatestPriceFactor: this.#greatestFactor,
        cutFiles: isTree ? [] : this.#ends.cutFiles(this.#files),
      },
      profile: { ...this.#profile.end(), ends: isTree ? {} : this.#ends.ends(this.#files) },
      warnings: [
        ...(this.#ledger.isUnsure ? [UNSURE] : []),
        ...[...this.#skipped].map(([code, rows]) => skippedWords(code, rows)),
      ],
      changeBytes: this.#changeBytes,
      spent: this.staging.watch.spent(),
      files: await this.#settleFiles(),
      definitions: this.#definitions,
    };
  }

  readonly #skipped = new Map<SkipCode, number>();
  #newlyMissing = 0;
  #archiving = 0;
  #known = 0;
  #jumpCount = 0;
  #greatestFactor = 1;

  async #flushCategories() {
    const batch = this.#categories;
    this.#categories = [];
    if (batch.length === 0) return;
    const { on, runId, sourceId, categories } = this.staging;
    for (const { category, change } of await stageCategories(on, { id: runId, sourceId }, batch, categories)) {
      this.#ledger.count(change ? "staged" : "unchanged", category.rows);
      if (change) this.#changes.push({ ...change, state: this.initialState });
      const counted = !change ? "unchanged" : change.action === "create" ? "created" : "updated";
      this.#counts.categories[counted]++;
    }
    await this.#write();
  }

  async #flushProducts() {
    const batch = this.#products;
    this.#products = [];
    this.#comparedBytes = this.#read.bytesRead;
    if (batch.length === 0) return;
    const found = await this.staging.watch.during("compare", () => stageProducts(this.staging, batch));
    for (const staged of found) this.#takeStaged(staged);
    await this.#write();
    await this.#report();
  }

  #takeStaged(staged: StagedProduct) {
    switch (staged.outcome) {
      case "unchanged":
        this.#counts.unchanged++;
        this.#ledger.countProduct(staged.item, "unchanged");
        return;
      case "skipped":
        return this.#skip(staged.item, staged.code);
      case "rejected":
        this.#ledger.countProduct(staged.item, "rejected");
        this.#counts.rejected++;
        this.#rejections.push(rejectionRow(this.staging.runId, staged.rejection));
        return;
      case "new":
      case "changed":
      case "held":
        this.#counts[staged.outcome === "new" ? "created" : staged.outcome === "changed" ? "updated" : "held"]++;
        this.#ledger.countProduct(staged.item, "staged");
        this.#changes.push(staged.outcome === "held" ? staged.change : { ...staged.change, state: this.initialState });
        if (staged.priceMove) this.#takePriceMove(staged.priceMove);
        return;
      default:
        staged satisfies never;
    }
  }

  #takePriceMove({ isJump, ...move }: PriceMove) {
    this.#greatestFactor = Math.max(this.#greatestFactor, priceFactor(move));
    if (!isJump) return;
    this.#jumpCount++;
    if (this.#jumps.length < JUMPS_KEPT) this.#jumps.push(move);
  }

  #skip(item: FeedProduct, code: SkipCode) {
    const rows = (this.#skipped.get(code) ?? 0) + 1;
    this.#skipped.set(code, rows);
    this.#counts.unchanged++;
    this.#ledger.countProduct(item, "unchanged");
    if (rows > SKIPPED_NAMED) return;
    this.#counts.warnings++;
    this.#rejections.push(
      rejectionRow(this.staging.runId, {
        record: "rejection",
        severity: "warning",
        at: item.at,
        code,
        reason: SKIP_REASONS[code],
        key: item.key,
        raw: item.raw?.() ?? "",
        counted: null,
      }),
    );
  }

  #reject(rejection: FeedRejection) {
    this.#ends.refuse(rejection);
    this.#rejections.push(rejectionRow(this.staging.runId, rejection));
    if (rejection.severity === "warning") this.#counts.warnings++;
    if (rejection.key) this.#ledger.markSeen(rejection.key);
    else if (rejection.severity === "error") this.#ledger.markUnreadable(rejection.raw);
    if (!rejection.counted) return;
    this.#ledger.count(rejection.counted.as, rejection.counted.rows);
    this.#refusals.push({ file: rejection.at.file, as: rejection.counted.as });
  }

  /** The same key came twice with different content: what the first row staged is taken back. */
  async #retract({ key }: FeedRetraction) {
    await this.#flushProducts();
    const bucket = this.#ledger.bucketOf(key);
    const file = [...this.#productFiles][0];
    if (!bucket || bucket === "rejected" || file === undefined) return;
    this.#ledger.retract(key, file);
    const where = { runId: this.staging.runId, entity: "product", externalKey: key } as const;
    const staged = await db.syncChange.findFirst({ where, select: { id: true, kind: true } });
    const held = staged?.kind === "ambiguous" || staged?.kind === "unmatched";
    this.#counts[!staged ? "unchanged" : held ? "held" : staged.kind === "new" ? "created" : "updated"]--;
    this.#refusals.push({ file, as: "rejected" });
    await transaction(async (tx) => {
      await this.context.assertHeld(tx);
      await tx.syncChange.deleteMany({ where });
    });
  }

  /** Products the source knew and this feed lacks: flagged or archived, as the source's policy has it, never deleted. */
  async #stageMissing() {
    const { on, runId, sourceId, policies } = this.staging;
    if (this.isPartial || this.#ledger.isUnsure || policies.missing === "ignore") return;
    for await (const { known, missing } of listMissing(on, sourceId, (key) => this.#ledger.has(key))) {
      this.#known += known;
      for (const item of missing) {
        this.#counts.missing++;
        if (item.missingRuns === 0) this.#newlyMissing++;
        const staged = missingChange(runId, item, policies);
        if (staged?.isArchived) this.#archiving++;
        if (staged) this.#changes.push({ ...staged.change, state: this.initialState });
      }
      await this.#write();
    }
  }

  /** Rows of lookup tables belong to no item: taken in where the table changed since the last run, else unchanged. */
  async #settleFiles(): Promise<StagedRun["files"]> {
    const earlier = await db.syncFile.findMany({
      where: { hash: { in: this.#files.map((file) => file.hash) }, runId: { not: this.staging.runId } },
      select: { name: true, hash: true },
    });
    const known = new Set(earlier.map((file) => `${file.name}\0${file.hash}`));
    return this.#files.map((file) => {
      const counts = { ...this.#ledger.countsOf(file) };
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

  async #write() {
    const changes = this.#changes;
    const rejections = this.#rejections;
    this.#changes = [];
    this.#rejections = [];
    if (changes.length === 0 && rejections.length === 0) return;
    const { watch } = this.staging;
    const write = async (tx: Tx) => {
      await this.context.assertHeld(tx);
      this.#changeBytes += await insertChanges(tx, changes);
      await insertRows(tx, "SyncRejection", rejections);
    };
    await watch.during("commit", () => transaction((tx) => watch.during("write", () => write(tx))));
  }

  /** Bytes while there is no product yet (tables are joined first), then products, with an end in sight where it can be told. */
  #report() {
    const { created, updated, unchanged, held } = this.#counts;
    const done = created + updated + unchanged + held;
    const { bytesRead, bytesTotal } = this.#read;
    if (done === 0) {
      return this.context.report({ stage: "Reading", done: bytesRead, total: bytesTotal || null, unit: "bytes" });
    }
    const isReading = bytesRead > 0 && bytesRead < bytesTotal;
    const total = isReading ? Math.max(done, Math.round((done * bytesTotal) / bytesRead)) : null;
    return this.context.report({ stage: "Reading and comparing", done, total, unit: "products" });
  }
}
