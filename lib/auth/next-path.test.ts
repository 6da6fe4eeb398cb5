import { expect, test } from "vitest";
import { safeNextPath, signInPath } from "./next-path";

test.each(["/", "/catalog/paper?brand=A%26B&page=2", "/syncs/12#changes", "/products/a:b", "/feeds/ä"])(
  "%s is a way back",
  (path) => {
    expect(safeNextPath(path)).toBe(new URL(path, "http://a").href.slice("http://a".length));
  },
);

test.each([
  "//evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "https://evil.example/",
  "javascript:alert(1)",
  "evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "/.//evil.example",
  "/a/..//evil.example",
  "/a\\..\\\\evil.example",
  "/sign-in?next=/sign-in",
  "",
  null,
  undefined,
  42,
  ["/a", "/b"],
  `/${"a".repeat(3_000)}`,
])("%j leads to the overview, not elsewhere", (next) => {
  expect(safeNextPath(next)).toBe("/");
});

test("the sign-in page remembers where one wanted to go", () => {
  expect(signInPath("/syncs?status=failed")).toBe("/sign-in?next=%2Fsyncs%3Fstatus%3Dfailed");
  expect(signInPath("//evil.example")).toBe("/sign-in");
});
