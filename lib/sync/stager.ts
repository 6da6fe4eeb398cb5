import "server-only";
import { db, type Tx, transaction } from "@/lib/db/client";
import type {
  FeedCategory,
  FeedDefinition,
  FeedFileRead,
  FeedProduct,
  FeedRecord,
  FeedRejection,
  FeedRetraction,
} from "@/lib/feeds/feed-record";
import type { KeyTable } from "@/lib/feeds/key-table";
import type { JobContext } from "@/lib/jobs/define-job";
import { ProfileGatherer } from "./feed-profile";
import { FileEnds } from "./file-ends";
import { SKIP_REASONS, type SkipCode } from "./intake-rules";
import { RunTally } from "./run-tally";
import { stageCategories } from "./stage-categories";
import { listMissing, missingChange } from "./stage-missing";
import { stageProducts } from "./stage-products";
import type { RunToStage, StagedRun } from "./stage-run";
import type { StagedProduct, StagingContext } from "./staged-product";
import { StagedRows } from "./staged-rows";
import { type StagedBefore, saveStagingCheckpoint } from "./staging-checkpoint";
import type { Stopwatch } from "./stopwatch";

/** Items compared together: more of them live longer in memory, and what lives long costs more to clear. */
const BATCH = 500;
/** Fewer of them, where they are large: what was read of the feed since the last batch, in bytes. */
const BATCH_BYTES = 16 * 2 ** 20;

/**
 * Takes a feed's records one after the other, compares them in batches and writes down what they come to, with how many
 * that was: what an earlier try had written is only counted again.
 */
export class Stager {
  readonly #tally: RunTally;
  readonly #rows: StagedRows;
  readonly #profile = new ProfileGatherer();
  readonly #ends = new FileEnds();
  readonly #files: FeedFileRead[] = [];
  readonly #definitions: FeedDefinition[] = [];
  #categories: FeedCategory[] = [];
  #products: FeedProduct[] = [];
  /** It names our products, and may hold those of one list alone: what it lacks is not missing. */
  #isOwnExport = false;
  /** Records taken, the present one counted; but not how far the reading is, of which a feed says as often as it comes. */
  #records = 0;
  /** When the first of the run's rows was compared. */
  readonly #began: string;
  #read = { bytesRead: 0, bytesTotal: 0 };
  #comparedBytes = 0;

  constructor(
    private readonly staging: StagingContext & { watch: Stopwatch },
    private readonly run: RunToStage,
    private readonly context: JobContext,
    keys?: KeyTable,
  ) {
    this.#tally = new RunTally(keys);
    this.#rows = new StagedRows(staging.runId, context, staging.watch);
    this.#rows.changeBytes = run.before?.checkpoint.changeBytes ?? 0;
    this.#began = run.before?.checkpoint.at ?? new Date().toISOString();
  }

  /** Answers with what must be done before the next one is taken; null, as for most, when nothing must. */
  take(record: FeedRecord): Promise<void> | null {
    if (record.record !== "progress") this.#records++;
    this.#meet(record);
    if (this.run.before?.covers(this.#records)) return this.#takeAgain(record, this.run.before);
    switch (record.record) {
      case "product":
        this.#products.push(record);
        return this.#products.length >= BATCH ? this.#settle() : null;
      case "category":
        this.#categories.push(record);
        return this.#categories.length >= BATCH ? this.#settle() : null;
      case "rejection":
        this.#rows.refuse(record);
        return this.#rows.isFull ? this.#settle() : null;
      case "retract":
        return this.#retract(record);
      case "progress":
        return record.bytesRead - this.#comparedBytes > BATCH_BYTES ? this.#settle() : this.#report();
      default:
        return null;
    }
  }

  /** What reading alone tells. */
  #meet(record: FeedRecord) {
    switch (record.record) {
      case "product":
        this.#tally.meet(record);
        this.#profile.add(record);
        if (record.productId) this.#isOwnExport = true;
        return this.#ends.reach(record.at);
      case "rejection":
        this.#ends.refuse(record);
        return this.#tally.refuse(record);
      case "definition":
        return void this.#definitions.push(record);
      case "file":
        return void this.#files.push(record);
      case "progress":
        this.#read = record;
        return;
      default:
        return;
    }
  }

  /** What an earlier try has dealt with: it is told to the tally and the tree, and stands in the database. */
  #takeAgain(record: FeedRecord, before: StagedBefore) {
    const { ledger } = this.#tally;
    if (record.record === "product") ledger.countProduct(record, before.bucketOf(record.key));
    else if (record.record === "retract") this.#tally.retract(record.key);
    else if (record.record === "category") {
      const staged = before.categoryOf(record.key);
      ledger.count(staged ? "staged" : "unchanged", record.rows);
      if (staged?.created) this.staging.categories.add({ id: staged.id, ...staged.created });
      if (staged) this.staging.categories.link(record.key, staged.id);
    }
    if (this.#records === before.checkpoint.records) this.#tally.restore(before.checkpoint.tally);
    return record.record === "progress" ? this.#report() : null;
  }

  async finish(): Promise<StagedRun> {
    await this.#settle();
    await this.staging.watch.during("look up", () => this.#stageMissing());
    await this.#rows.write();
    const tally = this.#tally;
    tally.end();
    const isTree = this.staging.kind === "category_json";
    return {
      counts: tally.counts,
      figures: tally.figures(isTree, isTree ? [] : this.#ends.cutFiles(this.#files)),
      profile: { ...this.#profile.end(), ends: isTree ? {} : this.#ends.ends(this.#files) },
      warnings: tally.warnings(),
      changeBytes: this.#rows.changeBytes,
      spent: this.staging.watch.spent(),
      files: await tally.files(this.staging.runId, this.#files),
      definitions: this.#definitions,
    };
  }

  /** Compares and writes all that was taken: a killed try goes on behind so many records. */
  async #settle(records = this.#records) {
    await this.#compareCategories();
    await this.#compareProducts();
    await this.#rows.write((tx) => this.#saveCheckpoint(tx, records));
    this.#comparedBytes = this.#read.bytesRead;
    await this.#report();
  }

  #saveCheckpoint(tx: Tx, records: number) {
    const { changeBytes } = this.#rows;
    return saveStagingCheckpoint(tx, this.staging.runId, {
      basis: this.run.basis,
      records,
      changeBytes,
      at: this.#began,
      tally: this.#tally.save(),
    });
  }

  async #compareCategories() {
    const batch = this.#categories;
    this.#categories = [];
    if (batch.length === 0) return;
    const { on, runId, sourceId, categories } = this.staging;
    const { ledger, counts } = this.#tally;
    for (const { category, change } of await stageCategories(on, { id: runId, sourceId }, batch, categories)) {
      ledger.count(change ? "staged" : "unchanged", category.rows);
      if (change) this.#rows.add({ ...change, state: this.run.initialState });
      counts.categories[!change ? "unchanged" : change.action === "create" ? "created" : "updated"]++;
    }
  }

  async #compareProducts() {
    const batch = this.#products;
    this.#products = [];
    if (batch.length === 0) return;
    const found = await this.staging.watch.during("compare", () => stageProducts(this.staging, batch));
    for (const staged of found) this.#takeStaged(staged);
  }

  #takeStaged(staged: StagedProduct) {
    this.#tally.take(staged);
    if (staged.outcome === "skipped" && this.#tally.isNamed(staged.code)) {
      this.#rows.refuse(skippedRow(staged.item, staged.code));
    } else if (staged.outcome === "rejected") this.#rows.refuse(staged.rejection);
    else if (staged.outcome === "held") this.#rows.add(staged.change);
    else if ("change" in staged) this.#rows.add({ ...staged.change, state: this.run.initialState });
  }

  /** The same key came twice with different content: what the first row staged is taken back. */
  async #retract({ key }: FeedRetraction) {
    await this.#settle(this.#records - 1);
    if (!this.#tally.retract(key)) return;
    const where = { runId: this.staging.runId, entity: "product", externalKey: key } as const;
    const staged = await db.syncChange.findFirst({ where, select: { id: true, kind: true } });
    const held = staged?.kind === "ambiguous" || staged?.kind === "unmatched";
    this.#tally.counts[!staged ? "unchanged" : held ? "held" : staged.kind === "new" ? "created" : "updated"]--;
    await transaction(async (tx) => {
      await this.context.assertHeld(tx);
      await tx.syncChange.deleteMany({ where });
      await this.#saveCheckpoint(tx, this.#records);
    });
  }

  /** Products the source knew and this feed lacks: flagged or archived, as the source's policy has it, never deleted. */
  async #stageMissing() {
    const { on, runId, sourceId, policies } = this.staging;
    const tally = this.#tally;
    if (this.run.isPartial || this.#isOwnExport || tally.ledger.isUnsure || policies.missing === "ignore") return;
    for await (const { known, missing } of listMissing(on, sourceId, (key) => tally.ledger.has(key))) {
      tally.known += known;
      for (const item of missing) {
        tally.counts.missing++;
        if (item.missingRuns === 0) tally.newlyMissing++;
        const staged = missingChange(runId, item, policies);
        if (staged?.isArchived) tally.archiving++;
        if (staged) this.#rows.add({ ...staged.change, state: this.run.initialState });
      }
      await this.#rows.write();
    }
  }

  /** Bytes while there is no product yet (tables are joined first), then products, with an end in sight where it can be told. */
  #report() {
    const done = this.#tally.compared;
    const { bytesRead, bytesTotal } = this.#read;
    if (done === 0) {
      return this.context.report({ stage: "Reading", done: bytesRead, total: bytesTotal || null, unit: "bytes" });
    }
    const isReading = bytesRead > 0 && bytesRead < bytesTotal;
    const total = isReading ? Math.max(done, Math.round((done * bytesTotal) / bytesRead)) : null;
    return this.context.report({ stage: "Reading and comparing", done, total, unit: "products" });
  }
}

/** A row that its source's mapping leaves alone, as a remark. */
function skippedRow(item: FeedProduct, code: SkipCode): FeedRejection {
  return {
    record: "rejection",
    severity: "warning",
    at: item.at,
    code,
    reason: SKIP_REASONS[code],
    key: item.key,
    raw: item.raw?.() ?? "",
    counted: null,
  };
}
