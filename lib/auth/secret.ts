import "server-only";
import { hkdfSync, randomBytes } from "node:crypto";
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { env, SettingsError } from "@/lib/env";

const MIN_CHARACTERS = 32;

let current: string | undefined;

/**
 * What sessions and tokens are signed with: AUTH_SECRET, or a secret of this data folder, made on first use.
 * @throws {SettingsError} rather than go on without one.
 */
export function authSecret(): string {
  const { AUTH_SECRET, dataFolder } = env();
  current ??= AUTH_SECRET ?? folderSecret(dataFolder);
  return current;
}

/** A key for one purpose, so that what is signed for one can't be presented for another. */
export function derivedKey(purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", authSecret(), "", `stockroom ${purpose}`, 32));
}

/**
 * Reads the folder's secret, or makes it. `setting` is the one that can stand in for the file.
 * @throws {SettingsError} when it is unreadable or cut short.
 */
export function folderSecret(folder: string, file = "auth-secret", setting = "AUTH_SECRET"): string {
  const path = join(folder, file);
  try {
    createOnce(folder, path);
    const secret = readFileSync(path, "utf8").trim();
    if (secret.length < MIN_CHARACTERS) throw new Error("it is too short");
    if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600);
    return secret;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new SettingsError(`The secret in ${path} can't be used: ${why}. Set ${setting}, or mend the file.`, {
      cause: error,
    });
  }
}

/** Web and worker may start together: the file appears whole, and the first to link it wins. */
function createOnce(folder: string, path: string) {
  if (statSync(path, { throwIfNoEntry: false })) return;
  mkdirSync(folder, { recursive: true });
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  writeFileSync(draft, randomBytes(48).toString("base64url"), { mode: 0o600, flag: "wx" });
  try {
    linkSync(draft, path);
  } catch (error) {
    // Somebody else's secret is there now; that one counts.
    if (!statSync(path, { throwIfNoEntry: false })) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}
