import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { db, transaction } from "@/lib/db/client";
import { JobHeldError, LeaseLostError, WorkerStoppingError } from "@/lib/jobs/define-job";
import type { IconGeneration } from "@/prisma/generated/sqlite/client";
import { sizeFor } from "../costs";
import { EndpointError } from "../endpoint/endpoint-error";
import { readAnswer } from "../endpoint/read-answer";
import { type Endpoint, readIconSettings } from "../icon-settings";
import { findLookAlikes, storeIcon } from "../icon-store";
import { closeCall, dropAnswer, dropSettledAnswers, keepAnswer, keptAnswer, openCall } from "./answers-folder";
import { callKey } from "./call-key";
import { callPatiently, type Patience } from "./call-patiently";
import { type Claimed, claimNext } from "./claim";
import type { Making } from "./making";
import type { Outcome } from "./settle";

type Made = Extract<Outcome, { is: "made" }>;
type Failed = Extract<Outcome, { problem: string }>;

/** How long calls under way may go on when the worker is asked to stop, in milliseconds: it has ten seconds in all. */
const GRACE_MS = 6_000;
/** So many pictures in a row without one made: then it is the endpoint, not the pictures. */
const MOST_FAILURES_IN_A_ROW = 3;

/**
 * Has an endpoint make what is left of a batch, some calls side by side. On a pause nothing new is begun and what is
 * under way is finished: it is paid for. Killed anywhere, it goes on with the answers that came and the keys that were sent.
 * @throws {JobHeldError} when a ceiling is reached, or no call would get anywhere
 */
export async function makeByEndpoint(making: Making) {
  await new EndpointWork(making).run();
  await dropSettledAnswers();
}

class EndpointWork {
  readonly #lastTry = new AbortController();
  readonly #end = new AbortController();
  readonly #patience: Patience = { notBefore: 0, lastTry: this.#lastTry.signal, end: this.#end.signal };
  readonly #taken = new Set<string>();
  readonly #running = new Set<Promise<void>>();
  readonly #failures: unknown[] = [];
  #failuresInARow = 0;

  constructor(private readonly making: Making) {}

  async run() {
    try {
      while (this.#goesOn() && (await this.#beginNext())) {
        const { endpoint } = await this.#settings();
        while (this.#goesOn() && this.#running.size >= endpoint.concurrency) await this.#oneEnds();
      }
    } finally {
      await this.#windDown();
    }
    this.making.context.signal.throwIfAborted();
    for (const error of this.#failures) throw error;
  }

  #goesOn() {
    return this.#failures.length === 0 && !this.making.context.signal.aborted;
  }

  /** Waits until one of the calls under way has ended, or all shall. */
  async #oneEnds() {
    const { signal } = this.making.context;
    if (signal.aborted) return;
    let onAbort: () => void = () => undefined;
    const stopped = new Promise<void>((resolve) => {
      onAbort = () => void resolve();
      signal.addEventListener("abort", onAbort);
    });
    await Promise.race([stopped, ...this.#running]);
    signal.removeEventListener("abort", onAbort);
  }

  /** Answers false when nothing is left to begin and nothing is under way. */
  async #beginNext(): Promise<boolean> {
    await this.making.report();
    const { settings } = await this.#settings();
    const { batch, makeAnew } = this.making;
    const [next] = await claimNext(batch, settings, { count: 1, taken: this.#taken, makeAnew });
    if (!next) {
      if (this.#running.size === 0) return false;
      await this.#oneEnds();
      return true;
    }
    this.#taken.add(next.generation.id);
    const work = this.#make(next)
      .catch((error) => {
        this.#failures.push(error);
      })
      .finally(() => {
        this.#running.delete(work);
        this.#taken.delete(next.generation.id);
      });
    this.#running.add(work);
    return true;
  }

  /** Read for each picture: a price or ceiling that an admin changes meanwhile holds from the next one on. */
  async #settings() {
    const settings = await readIconSettings(db);
    if (settings.endpoint) return { settings, endpoint: settings.endpoint };
    throw new JobHeldError(
      "The image endpoint was taken away. An admin can enter it in the icon settings; then resume.",
    );
  }

  async #make(claimed: Claimed) {
    const { generation, made, problem, paidMicros } = claimed;
    const free = { generation, seconds: 0, costMicros: paidMicros, attempts: generation.attempts };
    if (problem) return this.making.settle([{ ...free, is: "skipped", problem }]);
    if (made) return this.making.settle([{ ...free, is: "known", made }]);
    const outcome = await this.#outcome(claimed, Date.now());
    await this.making.settle([outcome]);
    const key = callKey(generation);
    await dropAnswer(key);
    // One without an answer for good may be on its way still.
    if (outcome.attempts > generation.attempts) await closeCall(key);
    if (outcome.is === "failed") this.making.context.log(`${generation.categoryPath}: ${outcome.problem}`, "warning");
    if (outcome.is === "made") await this.#warnOfLookAlikes(generation, outcome.stored.perceptualHash);
    else this.#holdWhereNothingComes(outcome.problem);
  }

  async #outcome(claimed: Claimed, began: number): Promise<Made | Failed> {
    const { generation } = claimed;
    const { endpoint } = await this.#settings();
    const facts = () => ({ generation, seconds: (Date.now() - began) / 1_000, costMicros: generation.costMicros });
    try {
      const bytes = (await keptAnswer(callKey(generation))) ?? (await this.#call(endpoint, generation));
      const png = await readAnswer(bytes, new URL(endpoint.baseUrl).host, generation.size);
      const stored = await storeIcon(png);
      this.#failuresInARow = 0;
      return { ...facts(), attempts: generation.attempts + 1, is: "made", stored, metadata: { provider: "endpoint" } };
    } catch (error) {
      if (!(error instanceof EndpointError)) throw error;
      return this.#failed(claimed, error, facts(), endpoint.heedsKeys);
    }
  }

  async #failed(
    { generation, paidMicros }: Claimed,
    error: EndpointError,
    facts: Omit<Failed, "is" | "problem" | "attempts">,
    heedsKeys: boolean,
  ): Promise<Failed> {
    const { failure } = error;
    const isNobodys = failure === "busy" || failure === "unknown";
    if (failure === "blocked") {
      if ((await openCall(callKey(generation))) === null) await putBack(generation, paidMicros);
      throw new JobHeldError(error.message);
    }
    this.#failuresInARow = isNobodys ? this.#failuresInARow + 1 : 0;
    if (failure === "lost" || (failure === "unknown" && !heedsKeys)) {
      const problem = `${error.message} Its price counts; asked again, it may be paid a second time.`;
      return { ...facts, attempts: generation.attempts + 1, is: "failed", problem };
    }
    if (isNobodys && this.#lastTry.signal.aborted) {
      if (failure === "busy") await putBack(generation, paidMicros);
      throw error;
    }
    if (this.#failuresInARow >= MOST_FAILURES_IN_A_ROW && failure === "busy") await putBack(generation, paidMicros);
    this.#holdWhereNothingComes(error.message);
    // What was refused costs nothing; what may have been made may cost something, and counts.
    const costMicros = failure === "refused" || failure === "busy" ? paidMicros : facts.costMicros;
    // Asked again, what was answered for good is another call; what may be on its way is the same.
    const attempts = generation.attempts + (isNobodys ? 0 : 1);
    return { ...facts, attempts, costMicros, is: "failed", problem: error.message };
  }

  #holdWhereNothingComes(why: string) {
    if (this.#failuresInARow < MOST_FAILURES_IN_A_ROW) return;
    throw new JobHeldError(`Paused: no picture came ${MOST_FAILURES_IN_A_ROW} times in a row. ${why}`);
  }

  /** The answer is on the disk before anything else is done with it. */
  async #call(endpoint: Endpoint, generation: IconGeneration): Promise<Buffer> {
    const { model, prompt, background, size } = generation;
    const { pixels } = sizeFor(endpoint, size);
    const idempotencyKey = callKey(generation);
    const askedHost = endpoint.heedsKeys ? null : await openCall(idempotencyKey);
    if (askedHost !== null) {
      const words = `The worker ended while ${askedHost} was at it, and the answer is lost. It may have made the picture.`;
      throw new EndpointError("lost", words);
    }
    const call = { model, prompt, pixels, isTransparent: background === "transparent", idempotencyKey };
    const bytes = await callPatiently(endpoint, call, this.#patience);
    await keepAnswer(idempotencyKey, bytes);
    return bytes;
  }

  async #warnOfLookAlikes({ categoryPath, categoryId }: IconGeneration, hash: string) {
    const [nearest] = (await findLookAlikes(hash, { limit: 3 })).filter(({ distance }) => distance > 0);
    if (!nearest) return;
    const icon = await db.icon.findUnique({ where: { id: nearest.id }, select: { filename: true, categoryId: true } });
    if (!icon || icon.categoryId === categoryId) return;
    this.making.context.log(
      `${categoryPath}: looks like ${icon.filename} (${nearest.distance} of 64 bits differ)`,
      "warning",
    );
  }

  async #windDown() {
    this.#lastTry.abort();
    const { signal } = this.making.context;
    if (signal.reason instanceof LeaseLostError) this.#end.abort(signal.reason);
    if (signal.reason instanceof WorkerStoppingError) {
      const grace = new AbortController();
      const over = sleep(GRACE_MS, undefined, { signal: grace.signal }).then(
        () => this.#end.abort(signal.reason),
        () => undefined,
      );
      await Promise.allSettled(this.#running);
      grace.abort();
      await over;
    }
    await Promise.allSettled(this.#running);
  }
}

/** Nothing was made and nothing is owed for this call: as if it had not been begun. */
async function putBack({ id }: IconGeneration, paidMicros: number) {
  await transaction((tx) =>
    tx.iconGeneration.updateMany({
      where: { id, status: "running" },
      data: { status: "waiting", costMicros: paidMicros || null, startedAt: null },
    }),
  );
}
