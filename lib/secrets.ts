import "server-only";
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { z } from "zod";
import { folderSecret } from "@/lib/auth/secret";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

/** Shorter secrets would be half told by their last four characters. */
const SHOWN_FROM_LENGTH = 12;

/** A secret at rest: AES-256-GCM under a key that lies in the data folder, not in the database. */
export const sealedSecret = z.object({
  v: z.literal(1),
  iv: z.string(),
  tag: z.string(),
  data: z.string(),
  /** What a screen may show; empty for a short secret. */
  lastFour: z.string().max(4),
});
export type SealedSecret = z.output<typeof sealedSecret>;

let key: Buffer | undefined;

function sealingKey() {
  const { STOCKROOM_SECRET_KEY, dataFolder } = env();
  key ??= Buffer.from(
    hkdfSync(
      "sha256",
      STOCKROOM_SECRET_KEY ?? folderSecret(dataFolder, "secret-key", "STOCKROOM_SECRET_KEY"),
      "",
      "stockroom secrets",
      32,
    ),
  );
  return key;
}

export function sealSecret(secret: string): SealedSecret {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", sealingKey(), iv);
  const data = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  return {
    v: 1,
    iv: iv.toString("base64"),
    tag: cipher.getAuthTag().toString("base64"),
    data: data.toString("base64"),
    lastFour: lastFour(secret),
  };
}

/** @throws {AppError} `unavailable` when it was sealed under another key, or was changed since */
export function openSecret(sealed: SealedSecret): string {
  try {
    const decipher = createDecipheriv("aes-256-gcm", sealingKey(), Buffer.from(sealed.iv, "base64"));
    decipher.setAuthTag(Buffer.from(sealed.tag, "base64"));
    return Buffer.concat([decipher.update(Buffer.from(sealed.data, "base64")), decipher.final()]).toString("utf8");
  } catch (error) {
    const message =
      "A saved password can't be opened: it was saved under another key (secret-key in the data folder, or STOCKROOM_SECRET_KEY). Put that key back, or enter the password again.";
    throw new AppError("unavailable", message, { cause: error });
  }
}

/** A private key's own last characters, not those of the line that closes it. */
function lastFour(secret: string) {
  const plain = secret.replace(/-----(BEGIN|END)[^-]*-----/g, "").replace(/[\s=]+/g, "");
  return plain.length < SHOWN_FROM_LENGTH ? "" : plain.slice(-4);
}
