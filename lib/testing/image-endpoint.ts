import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import sharp from "sharp";
import { z } from "zod";

/** What an image endpoint may do instead of answering as it should. */
export type Fault =
  | { is: "status"; status: number; retryAfter?: string; error?: { code?: string; type?: string; message: string } }
  /** Charges and keeps the picture, but the line breaks before the answer. */
  | { is: "hang-up" }
  | { is: "slow"; ms: number }
  | {
      is: "content";
      what: "html" | "text" | "truncated" | "small" | "oblong" | "empty" | "no-data" | "huge" | "private-url";
    };

/** Asked before each call with its number, from 1, and its body; null answers as it should. */
export type Faults = (call: number, body: CallBody) => Fault | null;

const callBody = z.strictObject({
  model: z.string(),
  prompt: z.string().min(1).max(32_000),
  n: z.literal(1),
  size: z.string().regex(/^\d+x\d+$/),
  response_format: z.enum(["b64_json", "url"]).optional(),
  background: z.enum(["transparent", "opaque", "auto"]).optional(),
  output_format: z.literal("png").optional(),
});
export type CallBody = z.output<typeof callBody>;

interface Options {
  apiKey?: string;
  model?: string;
  sizes?: readonly string[];
  faults?: Faults;
  /** Whether it gives the same picture, free, for a key that it has seen. */
  heedsKeys?: boolean;
}

/**
 * An image endpoint on this machine as OpenAI's, for tests: it checks every call, counts what it charges for, and does
 * wrong as it is told.
 */
export async function startImageEndpoint(options: Options = {}) {
  const endpoint = new ImageEndpoint(options);
  const server = createServer((request, response) => void endpoint.answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  endpoint.origin = `http://127.0.0.1:${port}`;
  return {
    endpoint,
    baseUrl: `${endpoint.origin}/v1`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

class ImageEndpoint {
  origin = "";
  /** What it would send a bill for: the prompts, in order. */
  readonly charges: string[] = [];
  /** Why it refused calls that were not as they should be. */
  readonly complaints: string[] = [];
  readonly calls: CallBody[] = [];
  /** Most calls that were under way at once. */
  atOnceMost = 0;
  faults: Faults;
  readonly #made = new Map<string, Promise<Buffer>>();
  readonly #files = new Map<string, Buffer>();
  readonly #options: Required<Pick<Options, "apiKey" | "model" | "sizes" | "heedsKeys">>;
  #atOnce = 0;

  constructor({ apiKey = "test-key-0123456789", model = "test-image-1", sizes, faults, heedsKeys = true }: Options) {
    this.#options = { apiKey, model, sizes: sizes ?? ["256x256", "512x512", "1024x1024"], heedsKeys };
    this.faults = faults ?? (() => null);
  }

  async answer(request: IncomingMessage, response: ServerResponse) {
    this.#atOnce += 1;
    this.atOnceMost = Math.max(this.atOnceMost, this.#atOnce);
    try {
      await this.#answer(request, response);
    } finally {
      this.#atOnce -= 1;
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse) {
    const path = request.url ?? "";
    const file = this.#files.get(path);
    if (file && request.method === "GET") {
      if (request.headers.authorization) return this.#refuse(response, 400, "The key was sent for a file.");
      return void response.writeHead(200, { "content-type": "image/png" }).end(file);
    }
    if (request.headers.authorization !== `Bearer ${this.#options.apiKey}`) {
      return this.#refuse(response, 401, "Incorrect API key provided.");
    }
    if (request.method === "GET" && path === "/v1/models") {
      return json(response, 200, { object: "list", data: [{ id: this.#options.model, object: "model" }] });
    }
    if (path !== "/v1/images/generations") return this.#refuse(response, 404, `There is nothing at ${path}.`);
    if (request.method !== "POST") return this.#refuse(response, 405, "Only POST.");
    await this.#generate(request, response);
  }

  async #generate(request: IncomingMessage, response: ServerResponse) {
    const body = await this.#parse(request, response);
    if (!body) return;
    this.calls.push(body);
    const fault = this.faults(this.calls.length, body);
    if (fault?.is === "status") {
      const headers: Record<string, string> = fault.retryAfter === undefined ? {} : { "retry-after": fault.retryAfter };
      return json(response, fault.status, { error: fault.error ?? { message: "A test's failure." } }, headers);
    }
    const picture = await this.#picture(String(request.headers["idempotency-key"] ?? ""), body);
    if (fault?.is === "hang-up") return void response.destroy();
    if (fault?.is === "slow") await sleep(fault.ms);
    if (fault?.is === "content") return this.#wrong(response, fault.what, picture);
    return this.#send(response, body, picture);
  }

  async #parse(request: IncomingMessage, response: ServerResponse): Promise<CallBody | null> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const isJson = /^application\/json/.test(request.headers["content-type"] ?? "");
    const parsed = callBody.safeParse(isJson ? JSON.parse(Buffer.concat(chunks).toString("utf8")) : null);
    if (!parsed.success) this.#refuse(response, 400, `Not a call: ${z.prettifyError(parsed.error)}`);
    else if (parsed.data.model !== this.#options.model) this.#refuse(response, 404, "The model does not exist.");
    else if (!this.#options.sizes.includes(parsed.data.size)) this.#refuse(response, 400, "Not a size of this model.");
    else return parsed.data;
    return null;
  }

  /** Charged for when it is made; the same key is charged once. */
  #picture(key: string, body: CallBody): Promise<Buffer> {
    const known = this.#options.heedsKeys && key !== "" ? this.#made.get(key) : undefined;
    if (known) return known;
    this.charges.push(body.prompt);
    const picture = drawPicture(body.prompt, this.charges.length, Number(body.size.split("x")[0]));
    this.#made.set(key, picture);
    return picture;
  }

  #send(response: ServerResponse, body: CallBody, picture: Buffer) {
    const created = 1_800_000_000;
    if (body.response_format !== "url") {
      return json(response, 200, { created, data: [{ b64_json: picture.toString("base64") }] });
    }
    const path = `/files/${this.#files.size}.png`;
    this.#files.set(path, picture);
    return json(response, 200, { created, data: [{ url: `${this.origin}${path}` }] });
  }

  async #wrong(response: ServerResponse, what: (Fault & { is: "content" })["what"], picture: Buffer) {
    if (what === "html") {
      return void response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><h1>Sign in</h1>");
    }
    if (what === "private-url") {
      // This very server, under a name that is not the endpoint's own.
      return json(response, 200, {
        created: 1,
        data: [{ url: `${this.origin.replace("127.0.0.1", "localhost")}/x.png` }],
      });
    }
    if (what === "no-data") return json(response, 200, { created: 1, data: [] });
    const bytes = {
      text: () => Buffer.from("This is no picture. ".repeat(9)),
      empty: () => Buffer.from(" "),
      truncated: () => picture.subarray(0, Math.floor(picture.length * 0.6)),
      small: () => blank(40, 40),
      oblong: () => blank(1024, 512),
      huge: () => blank(9_000, 9_000),
    }[what];
    return json(response, 200, { created: 1, data: [{ b64_json: (await bytes()).toString("base64") }] });
  }

  #refuse(response: ServerResponse, status: number, message: string) {
    this.complaints.push(message);
    json(response, status, { error: { message, type: "invalid_request_error" } });
  }
}

/** Another picture for each charge, as an endpoint gives: some blocks by the hash of what it is asked. */
function drawPicture(prompt: string, charge: number, side: number): Promise<Buffer> {
  const hash = createHash("sha256").update(`${prompt}\n${charge}`).digest();
  const cells = Array.from({ length: 64 }, (_, at) => {
    const byte = hash[at % hash.length] ?? 0;
    const bit = (byte >> (at % 7)) & 1;
    return `<rect x="${at % 8}" y="${Math.floor(at / 8)}" width="1" height="1" fill="${bit ? "#123" : "#eda"}"/>`;
  });
  const mark = `<rect width="0.5" height="0.5" fill="#${hash.toString("hex").slice(0, 6)}"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8" width="${side}" height="${side}">${cells.join("")}${mark}</svg>`;
  return sharp(Buffer.from(svg)).png({ compressionLevel: 3 }).toBuffer();
}

function blank(width: number, height: number) {
  return sharp({ create: { width, height, channels: 3, background: "#888" } })
    .png()
    .toBuffer();
}

function json(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}) {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}
