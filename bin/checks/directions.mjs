// Which part may import which: app → components → lib, never back. Imports of types alone are free: the compiler
// that draws the graph has dropped them.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inProject } from "../setup/project.mjs";

const SOURCE = /\.tsx?$/;
const TEST = /\.test\.tsx?$/;
const RULES = [
  { from: /^lib\//, to: /^(app|components)\//, why: "lib also serves worker and command line, which have no screens" },
  { from: /^components\//, to: /^app\/(?!.*actions\.ts$)/, why: "a component knows no page; only its actions" },
  { from: /^components\//, to: /^lib\/(db\/|.*\/(queries|mutations)\.ts$)/, why: "pages ask, components show" },
  { from: /^(app|components|bench|e2e)\//, to: /^prisma\/generated\/.*client\.ts$/, why: "only lib asks the database" },
  { from: /^(app|components|lib(?!\/testing\/))/, to: /^lib\/testing\//, why: "what tests need is not shipped" },
];
/** Raw SQL that is put together from text belongs to one folder, where it is looked at. */
const UNSAFE_SQL = /\$(query|execute)RawUnsafe|Prisma\.raw\(/;

/** @returns {Promise<string[]>} a line per import or statement that may not be */
export async function findWrongDirections() {
  const files = ["app", "components", "lib", "bench", "e2e"].flatMap(sourceFiles);
  const imports = await importGraph(files);
  const wrongImports = imports.flatMap(({ from, to }) =>
    RULES.filter((rule) => rule.from.test(from) && rule.to.test(to) && !TEST.test(from)).map(
      (rule) => `${from} imports ${to}: ${rule.why}`,
    ),
  );
  const wrongSql = files
    .filter((file) => !file.startsWith("lib/db/") && !file.startsWith("lib/testing/"))
    .filter((file) => UNSAFE_SQL.test(readFileSync(inProject(file), "utf8")))
    .map((file) => `${file} builds SQL from text: that is done in lib/db alone`);
  return [...wrongImports, ...wrongSql];
}

function sourceFiles(folder) {
  return readdirSync(inProject(folder), { recursive: true })
    .map((file) => join(folder, file))
    .filter((file) => SOURCE.test(file) && !file.endsWith(".d.ts"))
    .sort();
}

async function importGraph(files) {
  const { build } = await import("esbuild");
  const { metafile } = await build({
    absWorkingDir: inProject("."),
    entryPoints: files,
    outdir: "unused",
    write: false,
    bundle: true,
    metafile: true,
    format: "esm",
    platform: "node",
    jsx: "automatic",
    packages: "external",
    loader: { ".css": "empty", ".svg": "empty", ".png": "empty" },
    logLevel: "silent",
  });
  return Object.entries(metafile.inputs).flatMap(([from, { imports }]) =>
    imports.map(({ path }) => ({ from, to: path })),
  );
}
