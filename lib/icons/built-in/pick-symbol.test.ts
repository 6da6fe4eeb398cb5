import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { env } from "@/lib/env";
import { pickSymbols } from "./pick-symbol";
import { loadSymbols, type SymbolSet } from "./symbols";

let symbols: SymbolSet;
beforeAll(async () => {
  symbols = await loadSymbols();
});
const best = (...path: string[]) => pickSymbols(symbols, path)[0]?.symbol;

test.each([
  [["Office", "Printers"], "printer"],
  [["Breakroom", "Mugs"], "coffee"],
  [["Pens & Pencils"], "pen"],
  [["Pencils & Pens"], "pencil"],
  [["Batteries"], "battery"],
  [["Shelves"], "shelving-unit"],
  [["Knives"], "slice"],
  [["Accessories for Guitars"], "guitar"],
  [["Gloves"], "hand"],
  [["CÂBLES"], "cable"],
])("%j is drawn as %s", (path, symbol) => {
  expect(best(...path)).toBe(symbol);
});

test("two words together say more than each", () => {
  expect(best("Toilet Paper")).toBe("toilet");
  expect(best("Copy Paper")).toBe("file-text");
  expect(best("Hot Dog Buns")).not.toBe("dog");
  expect(best("Tape & Adhesives", "Desk Tape")).toBe("scroll");
  expect(best("Storage Devices", "Optical Drives")).toBe("disc-3");
  expect(best("Tyre Tools", "Tire Spoons")).not.toBe("utensils");
});

test("a stand, a case, a mount is drawn as what it is for", () => {
  expect(best("Music", "Guitar Stands")).toBe("guitar");
  expect(best("Camera Cases")).toBe("camera");
});

test("where a name says nothing, its parent's does", () => {
  expect(pickSymbols(symbols, ["Office", "Printers", "Xyzzy"])[0]).toMatchObject({ symbol: "printer", levelsUp: 1 });
  expect(pickSymbols(symbols, ["Printers", "Other Accessories"])[0]).toMatchObject({ symbol: "printer" });
});

test("where nothing says anything there is no candidate", () => {
  expect(pickSymbols(symbols, ["Xyzzy", "Qwop"])).toEqual([]);
  expect(pickSymbols(symbols, ["電池"])).toEqual([]);
  expect(pickSymbols(symbols, [])).toEqual([]);
});

test("any path gives the same drawable symbols each time, each once, the best first", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary" }), { maxLength: 5 }), (path) => {
      const found = pickSymbols(symbols, path);
      expect(found).toEqual(pickSymbols(symbols, path));
      expect(new Set(found.map(({ symbol }) => symbol)).size).toBe(found.length);
      expect(found.every(({ symbol }) => symbol in symbols.nodes)).toBe(true);
      expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).toSorted((a, b) => b - a));
    }),
  );
});

/** Categories of the shared taxonomy by their id, with the symbols that a person found right when looking at each. */
const GOLDEN: Record<string, string> = {
  "vp-2-3-3": "sailboat ship anchor",
  "sg-4-9-10-3-8": "target bolt",
  "bi-5-1-5": "toothbrush",
  "ae-2-7-7-3-2": "eighth-notes paperclip",
  "sg-4-9-10-3-12": "cylinder target wind",
  "ap-2-31-2": "dog",
  "hg-12-4-10-1-1": "tractor circle-dot",
  "sg-1-4-2-5": "shield shield-check hand-fist",
  "ha-15-34-8-1": "shovel brick-wall hammer",
  "hb-1-17-2-1": "scooter accessibility",
  "sg-4-5-3-2-3-2": "chess-knight",
  "sg-4-9-6-1-2": "target",
  "sg-4-6-2": "fishing-hook fishing-rod fish footprints",
  "aa-6-1": "gem",
  "sg-4-9-4-7": "hard-hat target shield-check",
  "ae-2-7-11-3-2": "keyboard-music piano eighth-notes",
  "sg-1-4-2-4-1": "hand-fist",
  "ap-2-26-7-1": "soap-dispenser-droplet dog paw-print",
  "sg-4-9-10-7-8": "hard-hat",
  "sg-4-9-3-7-4-3": "paw-print binoculars stone squirrel",
  "ha-14-1": "spray-can wind toolbox hammer",
  "aa-1-13-2": "shirt",
  "sg-4-9-3-7-4": "paw-print binoculars worm squirrel",
  "ap-2-4": "fish",
  "sg-4-9-10-7-3-1": "shield-check target hard-hat",
  "ap-2-2-2-5": "cat",
  "sg-4-5-1-5-2-5-2": "brush brush-cleaning chess-knight",
  "bt-10-1-6": "cup-soda baby milk",
  "ae-2-7-12-11": "drum",
  "el-13-3-7-1": "printer",
  "el-13-3-6": "printer brush-cleaning",
  "bi-4-2-1": "traffic-cone barrel construction",
  "sg-1-19-2-7": "volleyball",
  "ha-11-21-2": "plug",
  "sg-4-9-6-1": "target",
  "el-7-9-11-5": "keyboard",
  "sg-4-9-10-3-4": "target funnel",
  "ap-2-2-2-2": "cat shelving-unit",
  "ae-2-7-12-5-2-5": "drum",
  "bt-10-16-5-2": "baby milk",
  "ha-15-34-9": "shovel brick-wall hammer",
  "sg-4-9-10-7-2": "glasses drama target rectangle-goggles",
  "sg-4-9-6-3-1": "target",
  "el-13-1-1": "printer-3d tool-case",
  "sg-4-1-2-2-3": "whistle life-buoy",
  "vp-2-2-8-1": "siren ambulance car",
  "bi-5-1-2": "toothbrush",
  "sg-4-6-1-1": "fishing-hook bell alarm-smoke fishing-rod",
  "sg-4-9-4-1": "hand",
  "ha-11-22": "solar-panel",
  "el-7-9-12-5-1": "gamepad-2 ship-wheel car",
  "sg-4-5-2-10": "chess-knight",
  "ha-12": "engine",
  "sg-4-5-3-2-7": "chess-knight",
  "sg-4-9-10-7-6": "shield-check target hard-hat",
  "sg-4-5-2-4-3": "chess-knight",
  "el-7-15-4": "battery-charging plug",
  "sg-1-3-2-4": "volleyball goal",
  "ha-15-31": "axe",
  "ae-2-7-12-9-2-1": "drum",
  "ap-1": "paw-print dog cat",
  "vp-2-2-6": "snowflake",
  "bi-4-1-4": "drafting-compass land-plot ruler",
  "ap-2-1-1-2-3": "bird birdhouse",
  "ae-2-1-2-8-12-5": "tag tags",
  "bi-4": "construction hammer hard-hat",
  "el-13-3-1-8": "printer film file-text image",
  "ae-2-7-12-8-1": "drum sliders-horizontal",
  "ae-2-7-13-1-2-2": "guitar",
  "ae-2-7-14-2-4-1": "eighth-notes",
  "sg-4-9-6-2-2": "target",
  "ae-2-1-4-4-7": "scissors slice spool",
  "sg-4-5-3-2-1": "chess-knight shopping-bag backpack",
  "aa-6-4-1": "badge gem",
  "sg-4-5-3-2-6": "chess-knight",
  "sg-4-9-10-3-9": "target",
  "el-13-3-1-3-3": "printer brush-cleaning",
  "ha-11-22-3": "solar-panel",
  "aa-1-25-1-8": "shirt baby",
  "sg-1-4-2-4-4": "hand-fist",
};

const { STOCKROOM_SHARED_DATA } = env();
describe.skipIf(!STOCKROOM_SHARED_DATA)("real categories", () => {
  const paths = new Map<string, string[]>();
  beforeAll(() => {
    const file = join(STOCKROOM_SHARED_DATA ?? "", "taxonomy", "categories_2026-08-unstable.txt");
    for (const line of readFileSync(file, "utf8").split("\n")) {
      const [, id, path] = /^gid:\/\/shopify\/TaxonomyCategory\/(\S+)\s*: (.+)$/.exec(line) ?? [];
      if (id && path) paths.set(id, path.split(" > "));
    }
  });

  test("at least 85 of 100 get a symbol that a person finds right", () => {
    const ids = Object.keys(GOLDEN);
    expect(ids.length).toBeGreaterThanOrEqual(60);
    const wrong = ids.filter((id) => !GOLDEN[id]?.split(" ").includes(best(...(paths.get(id) ?? [])) ?? ""));
    expect(wrong.length / ids.length, `wrong: ${wrong.join(", ")}`).toBeLessThanOrEqual(0.15);
  });

  test("hardly any of the taxonomy has none, every fifth one looked at", () => {
    const fifth = [...paths.values()].filter((_, at) => at % 5 === 0);
    const without = fifth.filter((path) => pickSymbols(symbols, path).length === 0);
    expect(without.length).toBeLessThan(fifth.length / 1_000);
  });
});
