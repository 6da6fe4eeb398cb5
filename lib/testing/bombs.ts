import { constants, deflateRawSync, gzipSync } from "node:zlib";

const MEGABYTE = 2 ** 20;
const LOCAL_HEADER_BYTES = 30;

/** An archive's entry, as its headers tell it: true or not. */
interface Entry {
  name: string;
  packed: Buffer;
  crc: number;
  /** Unpacked, as it is told. */
  bytes: number;
  /** Stands where an entry before it stands: none of its own bytes are written. */
  sharesWith?: number;
}

/** So many megabytes of zeros at DEFLATE's best, about 1,030 to 1: one megabyte's bits over and over. */
export function deflatedZeros(megabytes: number): Buffer {
  const one = deflateRawSync(Buffer.alloc(MEGABYTE), { level: 9, finishFlush: constants.Z_FULL_FLUSH });
  const end = deflateRawSync(Buffer.alloc(0));
  return Buffer.concat([...Array<Buffer>(megabytes).fill(one), end]);
}

/** So many megabytes of zeros as gzip, in members of sixteen. */
export function gzippedZeros(megabytes: number): Buffer {
  const sixteen = gzipSync(Buffer.alloc(16 * MEGABYTE), { level: 9 });
  return Buffer.concat(Array<Buffer>(Math.ceil(megabytes / 16)).fill(sixteen));
}

/** A zip made by hand, so that its directory can lie. */
export function forgedZip(entries: Entry[]): Buffer {
  const body: Buffer[] = [];
  const directory: Buffer[] = [];
  const offsets: number[] = [];
  let offset = 0;
  for (const [at, entry] of entries.entries()) {
    const shared = entry.sharesWith === undefined ? undefined : offsets[entry.sharesWith];
    offsets[at] = shared ?? offset;
    if (shared === undefined) {
      const local = Buffer.concat([header(LOCAL, entry), Buffer.from(entry.name), entry.packed]);
      body.push(local);
      offset += local.length;
    }
    directory.push(header(CENTRAL, entry, offsets[at]), Buffer.from(entry.name));
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...body, central, end]);
}

const LOCAL = { signature: 0x04034b50, bytes: LOCAL_HEADER_BYTES, at: 4 };
const CENTRAL = { signature: 0x02014b50, bytes: 46, at: 6 };

function header({ signature, bytes, at }: typeof LOCAL, entry: Entry, offset?: number) {
  const written = Buffer.alloc(bytes);
  written.writeUInt32LE(signature, 0);
  written.writeUInt16LE(20, at);
  written.writeUInt16LE(8, at + 4);
  written.writeUInt32LE(entry.crc, at + 10);
  written.writeUInt32LE(entry.packed.length, at + 14);
  written.writeUInt32LE(entry.bytes, at + 18);
  written.writeUInt16LE(entry.name.length, at + 22);
  if (offset !== undefined) written.writeUInt32LE(offset, 42);
  return written;
}
