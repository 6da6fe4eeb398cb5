import { seededRandom } from "./proof";

/** What may go wrong at one step of a test server. */
export type Fault =
  | { is: "refuse" }
  /** The line ends after so many bytes, as if the file were over (`quiet`) or with a bang. */
  | { is: "cut"; after: number; quiet: boolean }
  /** Nothing more comes, and nobody hangs up. */
  | { is: "stall"; after: number }
  /** The listing tells another size. */
  | { is: "size"; by: number };

export type Step = "login" | "passive" | "list" | "read";

/** Asked at each step; null lets it pass. */
export type Faults = (step: Step, bytes: number) => Fault | null;

/** Faults at a share of all steps, the same ones for the same seed. */
export function seededFaults(seed: number, share: number): Faults {
  const random = seededRandom(seed);
  return (step, bytes) => {
    if (random() >= share) return null;
    const at = Math.floor(random() * bytes);
    const dice = random();
    if (step === "login" || step === "passive") return { is: "refuse" };
    if (step === "list") return dice < 0.5 ? { is: "size", by: dice < 0.25 ? 7 : -7 } : { is: "refuse" };
    if (dice < 0.4) return { is: "cut", after: at, quiet: true };
    return dice < 0.8 ? { is: "cut", after: at, quiet: false } : { is: "stall", after: at };
  };
}
