import { gzipSync } from "node:zlib";
import { type CDPSession, chromium } from "playwright";

export interface PageWeight {
  /** The document, which carries the RSC payload of the page within. */
  htmlBytes: number;
  htmlGzipBytes: number;
  /** RSC payloads asked for on top, such as those of links looked up beforehand. */
  rscBytes: number;
  rscGzipBytes: number;
  rscRequests: number;
  /** Of all scripts, each compressed by itself, before anybody has touched the page. */
  jsGzipBytes: number;
  scripts: number;
  /** Milliseconds from asking for the page until its first row can be seen; a cold browser's first page. */
  firstRowMs: number;
}

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"];

/** Loads a page in a new browser and weighs all that it fetched until the network fell silent. */
export async function weighPage(url: string, { cookie = "", row = "body" }): Promise<PageWeight> {
  const executablePath = process.env.STOCKROOM_CHROMIUM ?? "/usr/bin/chromium";
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  try {
    const context = await browser.newContext();
    await context.addCookies(cookiesFor(url, cookie));
    const page = await context.newPage();
    const bodies = await watchBodies(await context.newCDPSession(page));
    const started = performance.now();
    const answer = await page.goto(url);
    // The page that says there is none weighs little.
    if (!answer?.ok()) throw new Error(`${url} answered ${answer?.status()}.`);
    await page.locator(row).first().waitFor();
    const firstRowMs = Math.round(performance.now() - started);
    await page.waitForLoadState("networkidle");
    return { ...weigh(await Promise.all(bodies)), firstRowMs };
  } finally {
    await browser.close();
  }
}

interface Body {
  kind: "html" | "rsc" | "script" | "other";
  bytes: number;
  gzipBytes: number;
}

/** The bodies of whatever is fetched from now on, as they come in whole. */
async function watchBodies(network: CDPSession): Promise<Promise<Body>[]> {
  const kinds = new Map<string, Body["kind"]>();
  const bodies: Promise<Body>[] = [];
  network.on("Network.responseReceived", ({ requestId, type, response }) => {
    const isRsc = response.mimeType === "text/x-component";
    kinds.set(requestId, isRsc ? "rsc" : type === "Document" ? "html" : type === "Script" ? "script" : "other");
  });
  network.on("Network.loadingFinished", ({ requestId }) => {
    const kind = kinds.get(requestId) ?? "other";
    if (kind !== "other") bodies.push(readBody(network, requestId, kind));
  });
  await network.send("Network.enable", { maxTotalBufferSize: 100_000_000, maxResourceBufferSize: 20_000_000 });
  return bodies;
}

async function readBody(network: CDPSession, requestId: string, kind: Body["kind"]): Promise<Body> {
  const { body, base64Encoded } = await network.send("Network.getResponseBody", { requestId });
  const content = Buffer.from(body, base64Encoded ? "base64" : "utf8");
  return { kind, bytes: content.length, gzipBytes: gzipSync(content).length };
}

function weigh(bodies: Body[]) {
  const of = (kind: Body["kind"]) => bodies.filter((body) => body.kind === kind);
  const sum = (kind: Body["kind"], what: "bytes" | "gzipBytes") =>
    of(kind).reduce((total, body) => total + body[what], 0);
  return {
    htmlBytes: sum("html", "bytes"),
    htmlGzipBytes: sum("html", "gzipBytes"),
    rscBytes: sum("rsc", "bytes"),
    rscGzipBytes: sum("rsc", "gzipBytes"),
    rscRequests: of("rsc").length,
    jsGzipBytes: sum("script", "gzipBytes"),
    scripts: of("script").length,
  };
}

function cookiesFor(url: string, cookie: string) {
  return cookie
    .split("; ")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const at = pair.indexOf("=");
      return { name: pair.slice(0, at), value: pair.slice(at + 1), url };
    });
}
