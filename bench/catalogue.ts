// The catalogue that a bench asks: a generated feed through the real import, in a process of its own.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { writeBenchFeed } from "@/lib/sample/bench-feed";

export interface Measured {
  seconds: number;
  peakRssMb: number;
  status: string;
  created: number;
  updated: number;
  unchanged: number;
}

/** Imports one feed into `<folder>/data`. @throws {Error} when the import ends as anything but a success */
export function importFeed(folder: string, feed: string): Measured {
  const script = join(import.meta.dirname, "import-child.ts");
  const output = execFileSync(process.execPath, ["--conditions=react-server", "--import", "tsx", script, feed], {
    env: { ...process.env, STOCKROOM_DATA: join(folder, "data"), DATABASE_URL: "" },
    stdio: ["ignore", "pipe", "ignore"],
    encoding: "utf8",
  });
  // The child's own last line.
  const measured = JSON.parse(output.trim().split("\n").at(-1) ?? "") as Measured;
  if (measured.status !== "success") throw new Error(`The import ended as ${measured.status}: ${output}`);
  return measured;
}

/** A data folder with that many products; one that is there already is taken as it is. */
export async function ensureCatalogue(folder: string, products: number): Promise<string> {
  const data = join(folder, "data");
  if (existsSync(join(data, "stockroom.db"))) return data;
  await mkdir(join(folder, "feed"), { recursive: true });
  const { path } = await writeBenchFeed({ folder: join(folder, "feed"), products });
  importFeed(folder, path);
  return data;
}
