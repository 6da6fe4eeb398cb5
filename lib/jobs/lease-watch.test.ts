import fc from "fast-check";
import { expect, test } from "vitest";
import { proofCount, proofSeed, proofTimeout, reportProof } from "@/lib/testing/proof";
import { LEASE_MS, LeaseWatch } from "./lease-watch";

const SLICE = 200;
const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
/** A worker's signs of life, and another's looks at them. */
const EVERY = 5 * SECOND;

/** Two machines' minutes: at each second the clock may be set, the holder beats, the other looks. */
function taken(jumps: { at: number; by: number }[], diesAt: number, phase: number, seconds: number) {
  let steady = 0;
  let offset = 1_700_000_000_000;
  const watch = new LeaseWatch(
    () => steady + offset,
    () => steady,
  );
  const job = { id: "job", fence: 1, heartbeatAt: new Date(offset) };
  for (let second = 0; second <= seconds; second++) {
    steady = second * SECOND;
    for (const { at, by } of jumps) if (at === second) offset += by;
    if (steady % EVERY === 0 && second < diesAt) job.heartbeatAt = new Date(steady + offset);
    if ((steady + phase * SECOND) % EVERY === 0 && watch.silentOf([job]).has("job")) return second;
  }
  return null;
}

test(
  "R21 however the clock is set, a lease holds while its worker lives and ends within a minute of its death",
  () => {
    const by = fc.constantFrom(HOUR, -HOUR, SECOND, -SECOND, 60 * SECOND, -60 * SECOND, 24 * HOUR);
    // The first look is before any jump: who starts in the very seconds of one knows no other time.
    const jump = fc.record({ at: fc.integer({ min: 6, max: 400 }), by });
    const trials = proofCount(SLICE);
    fc.assert(
      fc.property(
        fc.array(jump, { maxLength: 5 }),
        fc.integer({ min: 6, max: 400 }),
        fc.nat(4),
        (jumps, diesAt, phase) => {
          expect(taken(jumps, Number.POSITIVE_INFINITY, phase, 500)).toBeNull();
          const at = taken(jumps, diesAt, phase, 500) ?? Number.POSITIVE_INFINITY;
          expect(at).toBeGreaterThanOrEqual(diesAt);
          expect(at).toBeLessThanOrEqual(diesAt + 60);
        },
      ),
      { numRuns: trials, seed: proofSeed() },
    );
    reportProof("R21", { of: "leases", trials, taken: 0 });
  },
  proofTimeout(SLICE, 20_000),
);

test("whoever comes new believes the time of day", () => {
  const job = { id: "job", fence: 1, heartbeatAt: new Date(Date.now() - LEASE_MS - 1) };
  expect(new LeaseWatch().silentOf([job])).toEqual(new Set(["job"]));
});

test.each([
  ["stands", 0],
  ["is set forward by an hour", HOUR],
  ["is set back by an hour", -HOUR],
])("a job that can give no sign of life has its own lease, also where the clock %s", (_, by) => {
  const leaseMs = 30 * 60 * SECOND;
  let steady = 0;
  let offset = 1_700_000_000_000;
  const watch = new LeaseWatch(
    () => steady + offset,
    () => steady,
  );
  const job = { id: "job", fence: 1, heartbeatAt: new Date(offset), leaseMs };
  const looks = Array.from({ length: 45 * 12 }, (_, n) => n * EVERY);
  const takenAt = looks.find((at) => {
    steady = at;
    if (at === 60 * SECOND) offset += by;
    return watch.silentOf([job]).has("job");
  });
  expect(takenAt).toBe(leaseMs + EVERY);
});
