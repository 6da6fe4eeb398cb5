import { expect, test } from "vitest";
import { assertSameOrigin } from "./origin";

function write(headers: Record<string, string>, method = "PATCH") {
  return new Request("http://localhost:3000/api/products/1", {
    method,
    headers: { host: "localhost:3000", ...headers },
  });
}

test.each([
  ["its own page", { origin: "http://localhost:3000", "sec-fetch-site": "same-origin" }],
  ["its own page in an old browser", { origin: "http://localhost:3000" }],
  ["a script, which names no origin", {}],
])("a write from %s passes", (_, headers) => {
  expect(() => assertSameOrigin(write(headers))).not.toThrow();
});

test.each([
  ["another site", { origin: "https://evil.example", "sec-fetch-site": "cross-site" }],
  ["another site in an old browser", { origin: "https://evil.example" }],
  ["another port", { origin: "http://localhost:4000", "sec-fetch-site": "same-site" }],
  ["a sandboxed frame", { origin: "null" }],
])("a write from %s is refused", (_, headers) => {
  expect(() => assertSameOrigin(write(headers))).toThrow("came from another site");
});

test("reading is not held up: it changes nothing", () => {
  expect(() => assertSameOrigin(write({ origin: "https://evil.example" }, "GET"))).not.toThrow();
});
