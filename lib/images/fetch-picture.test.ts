import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import type { RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { env } from "@/lib/env";
import { connectionsOf, localNetwork, startPictureServer } from "@/lib/testing/picture-server";
import { fetchPicture } from "./fetch-picture";
import { INTERNET, isPublicAddress, type Network } from "./network";

type Server = Awaited<ReturnType<typeof startPictureServer>>;
let folder: string;
let jpeg: Buffer;
let server: Server;
let canary: Server;
let busyAnswers = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "stockroom-pictures-"));
  process.env.STOCKROOM_DATA = folder;
  jpeg = await sharp({ create: { width: 640, height: 480, channels: 3, background: "#336699" } })
    .jpeg()
    .toBuffer();
  const send =
    (body: Buffer | string, headers: Record<string, string> = {}): RequestListener =>
    (_, response) =>
      response.writeHead(200, headers).end(body);
  canary = await startPictureServer({}, "127.0.0.1");
  const sendOn =
    (location: string): RequestListener =>
    (_, response) =>
      response.writeHead(302, { Location: location }).end();
  server = await startPictureServer({
    "/pen.jpg": send(jpeg, { "Content-Type": "text/html" }),
    "/packed.jpg": send(gzipSync(jpeg), { "Content-Encoding": "gzip" }),
    "/page.jpg": send("<!doctype html><title>Not found</title>", { "Content-Type": "image/jpeg" }),
    "/drawing.png": send(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`),
    "/empty.jpg": send(""),
    "/cut.jpg": send(jpeg.subarray(0, jpeg.length / 2)),
    "/bomb.jpg": send(gzipSync(Buffer.concat([jpeg, Buffer.alloc(50_000_000)])), { "Content-Encoding": "gzip" }),
    "/odd.jpg": send(jpeg, { "Content-Encoding": "compress" }),
    "/unpackable.jpg": send(jpeg, { "Content-Encoding": "gzip" }),
    "/said-large.jpg": (_, response) => response.writeHead(200, { "Content-Length": "999999999" }).end("x"),
    "/endless.jpg": (_, response) => {
      response.writeHead(200);
      response.write(jpeg);
      const pour = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
      };
      response.on("drain", pour);
      pour();
    },
    "/silent.jpg": () => undefined,
    "/stops.jpg": (_, response) => void response.writeHead(200).write(jpeg.subarray(0, 100)),
    "/busy.jpg": (_, response) => {
      busyAnswers += 1;
      if (busyAnswers < 3) response.writeHead(503).end();
      else response.writeHead(200).end(jpeg);
    },
    "/gone.jpg": (_, response) => response.writeHead(410).end(),
    "/on.jpg": sendOn("/pen.jpg"),
    "/around.jpg": sendOn("/around.jpg"),
    "/nowhere.jpg": (_, response) => response.writeHead(302).end(),
    "/inside.jpg": sendOn(`http://127.0.0.1:${canary.port}/secret`),
    "/inside-name.jpg": sendOn(`http://localhost:${canary.port}/secret`),
    "/file.jpg": sendOn("file:///etc/passwd"),
    "/to": ({ url }, response) => {
      const target = decodeURIComponent(url?.replace(/^\/to\?/, "") ?? "");
      // A header is bytes: names in other letters go as a browser would write them.
      response.writeHead(302, { Location: encodeURI(target).replaceAll("%5B", "[").replaceAll("%5D", "]") }).end();
    },
  });
});

afterAll(async () => {
  await Promise.all([server.stop(), canary.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

async function get(address: string, network: Network = localNetwork()) {
  const options = connectionsOf(network);
  try {
    return await fetchPicture(address, options);
  } finally {
    options.connections.close();
  }
}

test("a picture is kept as it came, by what it holds and not by what its server says", async () => {
  const kept = await get(server.url("/pen.jpg"));
  expect(kept).toMatchObject({ format: "jpeg", width: 640, height: 480, fileSize: jpeg.length });
  expect(kept.storagePath).toBe(`images/${kept.fileHash.slice(0, 2)}/${kept.fileHash}.jpg`);
  expect(readdirSync(join(env().dataFolder, "images", "incoming"))).toEqual([]);
});

test.each(["/packed.jpg", "/on.jpg"])("%s leads to the same picture", async (path) => {
  const [direct, other] = [await get(server.url("/pen.jpg")), await get(server.url(path))];
  expect(other.fileHash).toBe(direct.fileHash);
});

test("a busy server is asked three times", async () => {
  expect((await get(server.url("/busy.jpg"))).format).toBe("jpeg");
  expect(server.asked.filter((path) => path === "/busy.jpg")).toHaveLength(3);
});

test.each([
  ["/page.jpg", /a web page\. Expected is a JPEG, PNG/],
  ["/drawing.png", /SVG drawing/],
  ["/empty.jpg", /It is empty/],
  ["/cut.jpg", /cut off or damaged/],
  ["/bomb.jpg", /larger than 20/],
  ["/said-large.jpg", /larger than 20/],
  ["/endless.jpg", /larger than 20/],
  ["/odd.jpg", /packs its answer as compress/],
  ["/unpackable.jpg", /can't be unpacked/],
  ["/gone.jpg", /answered 410 Gone\./],
  ["/missing.jpg", /answered 404 Not Found\./],
  ["/around.jpg", /sends on and on/],
  ["/nowhere.jpg", /sends on to nowhere/],
  ["/file.jpg", /by http and https only, not by file/],
  ["/inside.jpg", /private network/],
  ["/inside-name.jpg", /private network/],
])("R66 %s is refused in words, and nothing of it stays", async (path, words) => {
  await expect(get(server.url(path))).rejects.toThrow(words);
  expect(readdirSync(join(env().dataFolder, "images", "incoming"))).toEqual([]);
  expect(canary.asked).toEqual([]);
});

test.each(["/silent.jpg", "/stops.jpg"])("a server that falls silent at %s is left after three tries", async (path) => {
  const before = server.asked.filter((asked) => asked === path).length;
  await expect(get(server.url(path), localNetwork({ silentMs: 60 }))).rejects.toThrow("was silent for 0.1 s");
  expect(server.asked.filter((asked) => asked === path).length - before).toBe(3);
});

test("a server that drips is left when its time is over", async () => {
  const dripping = await startPictureServer({
    "/": (_, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write("\xff"), 5);
      response.on("close", () => clearInterval(drip));
    },
  });
  const hasty = localNetwork({ totalMs: 80, retryMs: [] });
  await expect(get(dripping.url("/"), hasty)).rejects.toThrow("took longer than 0.1 s");
  await dripping.stop();
});

test("who stops waiting gets their own reason", async () => {
  const options = { ...connectionsOf(localNetwork()), signal: AbortSignal.abort(new Error("stopped")) };
  await expect(fetchPicture(server.url("/silent.jpg"), options)).rejects.toThrow("stopped");
});

describe("R66 nothing inside is reached", () => {
  /** How one address can be written. */
  const spellings = (port: number) =>
    [
      ...["127.0.0.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "127.0.1", "0x7f.1", "0", "0.0.0.0"],
      ...["localhost", "LOCALHOST", "localhost.", "127.0.0.1.", "①②⑦.⓪.⓪.①", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]"],
      ...[
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[fe80::1]",
      ],
      ...["169.254.169.254", "[::ffff:a9fe:a9fe]", "2852039166", "10.0.0.1", "192.168.0.1", "172.16.0.1", "[fc00::1]"],
      ...["100.100.100.200", "[fd00:ec2::254]", "rebind.example", "mixed.example", "user:pass@127.0.0.1"],
    ].flatMap((host) => [`http://${host}:${port}/`, `https://${host}:${port}/`, `http://${host}/`]);
  const schemes = (port: number) =>
    ["file", "gopher", "ftp", "dict", "ldap", "data", "javascript", "tftp", "jar", "netdoc"].flatMap((scheme) => [
      `${scheme}://127.0.0.1:${port}/`,
      `${scheme}:///etc/passwd`,
      `${scheme}:127.0.0.1`,
    ]);
  const redirects = (port: number) => spellings(port).map((target) => server.url(`/to?${encodeURIComponent(target)}`));

  test("R66 300 addresses, names that answer otherwise the second time and redirects among them", async () => {
    let turns = 0;
    const network = localNetwork({
      retryMs: [],
      resolve: async (host) => {
        turns += 1;
        // The first look sees a public address, the connection would go inside.
        if (host === "rebind.example") return turns % 2 ? ["93.184.216.34"] : ["127.0.0.1"];
        if (host === "mixed.example") return ["127.0.0.1", "10.0.0.1", "::1"];
        return localNetwork().resolve(host);
      },
      totalMs: 300,
    });
    const payloads = [...spellings(canary.port), ...schemes(canary.port), ...redirects(canary.port)];
    const more = 300 - payloads.length;
    for (let n = 0; n < more; n++) payloads.push(`http://127.${n % 256}.${(n * 7) % 256}.1:${canary.port}/`);
    for (const payload of payloads) await expect(get(payload, network)).rejects.toThrow();
    expect(payloads.length).toBeGreaterThanOrEqual(300);
    expect(server.asked.filter((path) => path.startsWith("/to?")).length).toBeGreaterThan(80);
    expect(canary.connected()).toBe(0);
  });

  test("no address of a special range counts as public", () => {
    const within = (prefix: number[]) =>
      fc.tuple(...[0, 1, 2, 3].map((at) => (prefix[at] === undefined ? fc.nat(255) : fc.constant(prefix[at]))));
    const special = fc.oneof(
      ...[[0], [10], [127], [169, 254], [192, 168], [192, 0, 2], [198, 51, 100], [203, 0, 113], [224], [255]].map(
        within,
      ),
      fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), fc.nat(255), fc.nat(255)),
      fc.tuple(fc.constant(100), fc.integer({ min: 64, max: 127 }), fc.nat(255), fc.nat(255)),
    );
    fc.assert(
      fc.property(special, (parts) => {
        const address = parts.join(".");
        expect(isPublicAddress(address)).toBe(false);
        expect(isPublicAddress(`::ffff:${address}`)).toBe(false);
      }),
    );
    expect(["8.8.8.8", "93.184.216.34", "2606:4700::1111", "172.32.0.1", "100.128.0.1"].every(isPublicAddress)).toBe(
      true,
    );
    expect(["", "localhost", "1.2.3", "::", "fe80::1%eth0", "2001:db8::1"].some(isPublicAddress)).toBe(false);
    expect(INTERNET.mayReach("127.0.0.1")).toBe(false);
  });
});
