import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { readFeedText } from "@/lib/testing/read-feed";
import { byteTextDecoder, EncodingDetector } from "./encoding";
import { readShopifyCsv } from "./shopify-csv-reader";

const TITLE = 'Café™ 1½" binder';

function detect(bytes: Buffer, size: number) {
  const detector = new EncodingDetector();
  for (let at = 0; at < bytes.length; at += size) detector.add(bytes.subarray(at, at + size));
  return detector.end();
}

const ENCODED: [string, Buffer][] = [
  ["utf-8", Buffer.from(TITLE)],
  ["utf-8-bom", Buffer.from(`\uFEFF${TITLE}`)],
  ["utf-16le", iconv.encode(TITLE, "utf-16le", { addBOM: true })],
  ["utf-16be", iconv.encode(TITLE, "utf-16be", { addBOM: true })],
  ["windows-1252", iconv.encode(TITLE, "windows-1252")],
  ["utf-8", Buffer.from("plain")],
  ["utf-8", Buffer.from("")],
  ["utf-8", Buffer.from("𝄞𝄞€é")],
  ["windows-1252", Buffer.from([0x61, 0xe9])],
  ["windows-1252", Buffer.from([0xe9])],
  ["windows-1252", Buffer.from([0xc0, 0x80, 0x61])],
  ["utf-8-bom", Buffer.from("\uFEFF")],
];

test.each(ENCODED)("%s is recognised wherever the chunks are cut", (encoding, bytes) => {
  for (const size of [1, 2, 3, 5, 1000]) expect(detect(bytes, size)).toBe(encoding);
});

test("every byte of windows-1252 is the character that the code page names", () => {
  const bytes = Buffer.from([0x80, 0x85, 0x91, 0x92, 0x93, 0x94, 0x96, 0x99, 0xa0, 0xbd, 0xe9, 0xff]);
  expect(byteTextDecoder("windows-1252")(bytes.toString("latin1"))).toBe("€…‘’“”–™\u00a0½éÿ");
});

describe("A07 the title is the same text in every encoding", () => {
  const csv = `Handle,Title\r\nbinder,"${TITLE.replaceAll('"', '""')}"\r\n`;
  test.each([
    ["utf-8", Buffer.from(csv)],
    ["utf-8-bom", Buffer.from(`\uFEFF${csv}`)],
    ["utf-16le", iconv.encode(csv, "utf-16le", { addBOM: true })],
    ["utf-16be", iconv.encode(csv, "utf-16be", { addBOM: true })],
    ["windows-1252", iconv.encode(csv, "windows-1252")],
  ])("%s", async (encoding, bytes) => {
    const { products, files } = await readFeedText(readShopifyCsv, { "feed.csv": bytes });
    expect(files[0]).toMatchObject({ encoding, bytes: bytes.length, rowsRead: 1 });
    expect(products[0]?.fields.name).toBe(TITLE);
  });
});
