import { appendFileSync } from "node:fs";

/**
 * How often a claim is tried: a slice in the tests, the number asked for by `npm run proof`.
 * @param slice what the tests can afford
 */
export function proofCount(slice: number): number {
  const asked = Number(process.env.STOCKROOM_PROOF_COUNT);
  return Number.isInteger(asked) && asked > 0 ? asked : slice;
}

/** The seed of random choices: the same one gives the same choices. */
export function proofSeed(): number {
  const asked = Number(process.env.STOCKROOM_PROOF_SEED);
  return Number.isInteger(asked) && asked > 0 ? asked : 20261121;
}

/** A test's time limit, which grows with the number of tries, in milliseconds. */
export function proofTimeout(slice: number, milliseconds: number): number {
  return Math.ceil((proofCount(slice) / slice) * milliseconds);
}

/** Tells `npm run proof` what was tried and found. */
export function reportProof(claim: string, figures: Record<string, string | number>) {
  const report = process.env.STOCKROOM_PROOF_REPORT;
  if (report) appendFileSync(report, `${JSON.stringify({ claim, seed: proofSeed(), ...figures })}\n`);
}

/** Evenly spread numbers from 0 to 1, the same for the same seed (mulberry32). */
export function seededRandom(seed = proofSeed()): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
