import "server-only";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { contentTypeOf, pathInside } from "@/lib/catalog/pictures";
import { env } from "@/lib/env";
import { fetchPicture } from "./fetch-picture";
import { HostTurns } from "./host-turns";
import { inspectPicture } from "./inspect-picture";
import { CheckedConnections, type Network } from "./network";
import { PictureError } from "./picture-error";

/** Pictures on their way at once, in all and from one host. */
const AT_ONCE = 8;
const PER_HOST = 4;

export interface PendingPicture {
  id: number;
  productId: string;
  view: string;
  filename: string;
  url: string;
  storagePath: string | null;
}

/** What became of one picture: its file, or why there is none. */
export type Taken = PendingPicture & { facts: FileFacts | null; failure: string | null };

interface FileFacts {
  storagePath: string;
  fileHash: string;
  fileSize: number;
  format: string | null;
  /** Null of a drawing, which has no pixels of its own. */
  width: number | null;
  height: number | null;
  perceptualHash: string | null;
}

/** Takes pictures' files, several at once: from their addresses, or as they lie here already. */
export class PictureTaker {
  readonly #network: Network;
  readonly #connections: CheckedConnections;
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  readonly #turns = new HostTurns(PER_HOST);

  constructor(network: Network, signal: AbortSignal) {
    this.#network = network;
    this.#connections = new CheckedConnections(network);
    this.#signal = AbortSignal.any([signal, this.#stop.signal]);
  }

  async take(pictures: readonly PendingPicture[], onTaken: () => Promise<void>): Promise<Taken[]> {
    const taken: Taken[] = [];
    const left = [...pictures];
    const hand = async () => {
      for (let next = left.shift(); next && !this.#signal.aborted; next = left.shift()) {
        taken.push(await this.#takeOne(next));
        await onTaken();
      }
    };
    const hands = Array.from({ length: AT_ONCE }, () => hand().catch((error: unknown) => this.#stop.abort(error)));
    // Whoever stops waits for all hands: nothing of a job goes on behind its back.
    await Promise.all(hands);
    this.#signal.throwIfAborted();
    return taken;
  }

  close() {
    this.#connections.close();
  }

  async #takeOne(picture: PendingPicture): Promise<Taken> {
    try {
      return { ...picture, facts: await this.#file(picture), failure: null };
    } catch (error) {
      // Every other failure is the machine's, and the job's.
      if (error instanceof PictureError) return { ...picture, facts: null, failure: error.message };
      throw error;
    }
  }

  #file({ url, storagePath }: PendingPicture): Promise<FileFacts> {
    if (storagePath) return readStored(storagePath);
    const options = { network: this.#network, connections: this.#connections, signal: this.#signal };
    return this.#turns.during(hostOf(url), () => fetchPicture(url, options));
  }
}

function hostOf(url: string) {
  return URL.canParse(url) ? new URL(url).host : "";
}

/** A picture that came beside its feed. */
async function readStored(storagePath: string): Promise<FileFacts> {
  const path = await pathInside(env().dataFolder, storagePath);
  if (!path) throw new PictureError("Its file is gone from the disk.");
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  const { size: fileSize } = await stat(path);
  const file = { storagePath, fileHash: hash.digest("hex"), fileSize };
  if (contentTypeOf(storagePath) === "image/svg+xml") {
    return { ...file, format: "svg", width: null, height: null, perceptualHash: null };
  }
  return { ...file, ...(await inspectPicture(path)) };
}
