import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { connectionInput } from "./connection";
import { fitsPattern, isUnfinishedName } from "./fetch/file-pattern";

const server = { type: "ftp", host: "ftp.example.com", user: "shop", password: "x" };

test.each([
  "",
  "ftp://ftp.example.com",
  "ftp.example.com/out",
  "a b",
  "host:21",
  "..",
  "-x.example",
  "1.2.3",
  "a\r\nUSER b",
])("the host %j is refused with a sentence", (host) => {
  const parsed = connectionInput.safeParse({ ...server, host });
  expect(parsed.error?.issues[0]).toMatchObject({ path: ["host"], message: expect.stringMatching(/^Enter .*\.$/) });
});

test.each(["ftp.example.com", "localhost", "192.0.2.7", "2001:db8::7", "nas_2"])("the host %j is taken", (host) => {
  expect(connectionInput.parse({ ...server, host })).toMatchObject({ host, port: 21, settleSeconds: 10 });
});

test.each(["user", "folder", "pattern", "doneMarker"])("a line break in the %s is refused, never sent", (field) => {
  expect(connectionInput.safeParse({ ...server, [field]: "a\r\nDELE feed.zip" }).success).toBe(false);
});

describe("file patterns", () => {
  test.each([
    ["feed.ZIP", "*.zip", true],
    ["feed_20250627.csv", "feed_????????.csv", true],
    ["feed_1.csv", "feed_????????.csv", false],
    ["a.csv", "*.zip, *.csv", true],
    ["anything", "", true],
    ["feed.zip.bak", "*.zip", false],
    ["a+b(1).csv", "a+b(1).csv", true],
  ])("%s and %s: %s", (name, pattern, isFit) => expect(fitsPattern(name, pattern)).toBe(isFit));

  test("a pattern made of a name's own characters, some of them stars, fits it", () => {
    const name = fc
      .string({ minLength: 1, maxLength: 30 })
      .filter((text) => !/[,*?]/.test(text) && text.trim() === text);
    fc.assert(
      fc.property(name, fc.nat(30), fc.nat(30), (text, from, to) => {
        const [first, last] = [Math.min(from, to, text.length), Math.min(Math.max(from, to), text.length)];
        return fitsPattern(text, `${text.slice(0, first)}*${text.slice(last)}`);
      }),
    );
  });

  test("no pattern takes long", () => {
    const started = performance.now();
    expect(fitsPattern("a".repeat(255), `${"*a".repeat(99)}b`)).toBe(false);
    expect(performance.now() - started).toBeLessThan(200);
  });

  test.each(["feed.zip.part", "feed.tmp", "feed.csv.filepart", ".feed.zip.x7", "feed.csv~"])(
    "%s is not finished",
    (name) => expect(isUnfinishedName(name)).toBe(true),
  );
});
