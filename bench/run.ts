// npm run bench -- <name>: runs one bench; without a name it tells which there are.
const BENCHES = {
  import: "a feed of 100,000 products through the pipeline, beside plain inserts of the same file",
  scale:
    "a feed of a million products: rate per 100,000, memory, a killed worker, beside plain inserts of a tenth of it",
  read: "lists, searches and a product's page at 100,000 products, beside the bare SQL",
  search: "how well searches answer, by rated queries (STOCKROOM_SHARED_DATA), beside plain bm25 over the same text",
  tree: "the tree of 100,000 categories: first paint, one level, a rename, beside the bare SQL, with the queries each sends",
  "product-page": "a product with 1,000 metafields: what its page asks beside the bare SQL, and the page",
  "bulk-edit": "a bulk edit of 10,000 products planned, applied and undone, beside one bare UPDATE of them",
  icons: "icons made by the built-in generator a second, beside bare sharp drawing the same SVG",
  writers: "how long twenty people who save wait while a feed is imported, beside the same saves without one",
  ui: "how long after a key or click the sheet and the list paint, 10,000 cells pasted until they are saved, beside an empty page",
  web: "weight of every page beside its budget, and answer times while an import runs",
};

function isBench(name: string | undefined): name is keyof typeof BENCHES {
  return name !== undefined && Object.hasOwn(BENCHES, name);
}

const asked = process.argv[2];
if (isBench(asked)) {
  await import(`./${asked}.ts`);
} else {
  const lines = Object.entries(BENCHES).map(([bench, what]) => `  ${bench.padEnd(13)} ${what}`);
  process.stderr.write(`npm run bench -- <name> [--products 100000]\n${lines.join("\n")}\n`);
  process.exitCode = 1;
}

export {};
