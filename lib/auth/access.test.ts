import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";
import { ACTIONS, PAGES, ROUTES } from "./access";
import { type Actor, can } from "./actor";

const ROOT = join(import.meta.dirname, "../..");
const STAFF: Actor = {
  kind: "user",
  userId: "staff",
  email: "staff@example.com",
  name: "Staff",
  role: "staff",
  sessionId: null,
  scopes: ["read", "write"],
};
const METHODS = /export (?:const|async function|function) (GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\b/g;
/** `export { handler as GET }` */
const RENAMED = /\bas (GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\b/g;
const EXPORTED = /^export (?:const|async function) (\w+)/gm;

const sources = ["app", "components", "lib"].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return { name: entry.name, path, text: readFileSync(path, "utf8") };
    }),
);

/** The address of a file under `app`: its folder without the groups in brackets. */
function addressOf(path: string) {
  const folders = relative(join(ROOT, "app"), dirname(path)).split("/");
  return `/${folders.filter((folder) => folder && !folder.startsWith("(")).join("/")}`;
}

const inApp = sources.filter(({ path }) => path.startsWith(join(ROOT, "app")));
const pages = inApp.filter(({ name }) => name === "page.tsx").map(({ path }) => addressOf(path));
const routes = inApp
  .filter(({ name }) => name === "route.ts")
  .flatMap(({ path, text }) =>
    [...text.matchAll(METHODS), ...text.matchAll(RENAMED)].map(([, method]) => `${method} ${addressOf(path)}`),
  );
const actions = sources
  .filter(({ text }) => text.startsWith('"use server"'))
  .flatMap(({ text }) => [...text.matchAll(EXPORTED)].map(([, name]) => name ?? ""));

test("R60 every page has a rule, and every rule a page", () => {
  expect(Object.keys(PAGES).toSorted()).toEqual(pages.toSorted());
});

test("R60 every route handler has a rule, and every rule a handler", () => {
  expect(Object.keys(ROUTES).toSorted()).toEqual(routes.toSorted());
});

test("R60 every server action has a rule, and every rule an action", () => {
  expect(Object.keys(ACTIONS).toSorted()).toEqual(actions.toSorted());
});

test("R60 no server action is written where this walk does not look", () => {
  const inline = sources.filter(({ text }) => /^\s+"use server"/m.test(text)).map(({ path }) => path);
  expect(inline).toEqual([]);
});

test("R60 no guarded page has a loading.tsx, which would turn its redirect into a 200", () => {
  expect(inApp.filter(({ name }) => name === "loading.tsx")).toEqual([]);
});

test("R60 each page asks for what its rule says", () => {
  for (const { name, path, text } of inApp) {
    if (name !== "page.tsx") continue;
    const rule = PAGES[addressOf(path)];
    if (rule === "public") continue;
    const asked = /requireActor\((?:"([a-z:]+)")?\)/.exec(text);
    expect(asked, `${addressOf(path)} never asks who is there`).not.toBeNull();
    // Without a grant it asks for somebody signed in: enough where staff may do it.
    const isEnough = asked?.[1] ? asked[1] === rule : rule !== undefined && can(STAFF, rule);
    expect(isEnough, `${addressOf(path)} asks for ${asked?.[1]}, its rule is ${rule}`).toBe(true);
  }
});

test("R60 each action and route handler declares what its rule says", () => {
  for (const { name, path, text } of sources) {
    if (text.startsWith('"use server"')) {
      for (const [, exported, grant] of text.matchAll(/^export const (\w+) = action\(\s*"([a-z:]+)"/gm)) {
        expect(`${exported}: ${ACTIONS[exported ?? ""]}`).toBe(`${exported}: ${grant}`);
      }
    }
    if (name !== "route.ts") continue;
    for (const [, method, grant] of text.matchAll(/^export const (\w+) = route\(\s*\{\s*grant: "([a-z:]+)"/gm)) {
      const key = `${method} ${addressOf(path)}`;
      expect(`${key}: ${ROUTES[key]}`).toBe(`${key}: ${grant}`);
    }
  }
});
