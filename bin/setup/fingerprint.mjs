import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { inProject } from "./project.mjs";

/**
 * A hash over the names and contents of files.
 * @param {string[]} paths files and folders of the project; what does not exist counts as absent
 * @param {(path: string) => boolean} counts leaves out what cannot matter
 */
export function fingerprint(paths, counts = () => true) {
  const hash = createHash("sha256").update(process.version);
  for (const path of paths) {
    for (const file of filesBelow(path).filter(counts)) {
      hash.update(`\0${file}\0`).update(readFileSync(inProject(file)));
    }
  }
  return hash.digest("hex");
}

function filesBelow(path) {
  const full = inProject(path);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [path];
  return readdirSync(full)
    .sort()
    .flatMap((name) => filesBelow(join(path, name)));
}

/** Does `work` unless the marker says that it was done for the same inputs. */
export async function unlessUnchanged(marker, print, work) {
  const file = inProject(marker);
  if (existsSync(file) && readFileSync(file, "utf8") === print) return;
  await work();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, print);
}
