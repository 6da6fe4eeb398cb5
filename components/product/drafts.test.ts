import { describe, expect, test } from "vitest";
import { parseField } from "@/lib/catalog/product-fields";
import { type DraftState, editsOf, errorsByLine, NO_DRAFTS, reduceDrafts } from "./drafts";
import type { Line } from "./lines";

function nameLine(stored: string): Line {
  return {
    key: "name",
    label: "Name",
    control: "text",
    choices: [],
    stored,
    source: { kind: "system", who: "system", run: null, at: null, kept: null },
    metafield: null,
    edit: String,
    show: String,
    parse: (typed) => parseField("name", typed),
  };
}

function typed(state: DraftState, line: Line, text: string) {
  return reduceDrafts(state, { kind: "type", line, typed: text });
}

describe("drafts", () => {
  test("typing a value back leaves nothing unsaved", () => {
    const changed = typed(NO_DRAFTS, nameLine("Mug"), "Cup");
    expect(changed.drafts.name).toEqual({ typed: "Cup", from: "Mug" });
    expect(typed(changed, nameLine("Mug"), "Mug")).toEqual(NO_DRAFTS);
  });

  test("remember the value first seen, whatever the page has learned since", () => {
    const first = typed(NO_DRAFTS, nameLine("Mug"), "Cu");
    const later = typed(first, nameLine("Theirs"), "Cup");
    expect(later.drafts.name).toEqual({ typed: "Cup", from: "Mug" });
  });

  test("survive a refused save, with the sentence beside them", () => {
    const state = reduceDrafts(typed(NO_DRAFTS, nameLine("Mug"), "Cup"), {
      kind: "refused",
      errors: { name: "No." },
      failure: "Nothing was saved.",
    });
    expect(state).toMatchObject({ drafts: { name: { typed: "Cup" } }, errors: { name: "No." } });
  });

  test("typed during a save stay unsaved", () => {
    const sent = typed(NO_DRAFTS, nameLine("Mug"), "Cup");
    const more = typed(sent, nameLine("Mug"), "Cup and saucer");
    expect(reduceDrafts(more, { kind: "saved", sent: sent.drafts }).drafts.name?.typed).toBe("Cup and saucer");
  });

  test("kept after a conflict are sent as an answer to the other's value", () => {
    const conflict = { field: "name", label: "Name", yours: "Cup", theirs: "Beaker", from: "Mug" };
    const conflicted = reduceDrafts(typed(NO_DRAFTS, nameLine("Mug"), "Cup"), {
      kind: "conflicted",
      conflicts: [conflict],
      failure: "Somebody changed Name.",
    });
    const mine = reduceDrafts(conflicted, { kind: "keep-mine", key: "name" });
    expect(mine).toEqual({ ...NO_DRAFTS, drafts: { name: { typed: "Cup", from: "Beaker" } } });
    expect(editsOf(new Map([["name", nameLine("Beaker")]]), mine.drafts).changes).toEqual({
      name: { from: "Beaker", to: "Cup" },
    });
  });
});

test("a save with an unfit value sends nothing and says where", () => {
  const { errors, changes } = editsOf(new Map([["name", nameLine("Mug")]]), { name: { typed: " ", from: "Mug" } });
  expect({ errors, changes }).toEqual({ errors: { name: "Enter a name." }, changes: {} });
});

test("the server's errors find their lines", () => {
  expect(errorsByLine({ "changes.priceCents.to": "A.", "metafield:custom.size": "B." })).toEqual({
    priceCents: "A.",
    "metafield:custom.size": "B.",
  });
});
