import "server-only";
import bcrypt from "bcryptjs";
import { AppError } from "@/lib/errors";

/** About 0.2 s on this decade's servers (OWASP asks for at least 10). */
const BCRYPT_COST = 12;
const MIN_CHARACTERS = 10;
/** bcrypt ignores whatever follows. */
const MAX_BYTES = 72;
/** Of a password that nobody knows: comparing with it takes as long as comparing with a real one. */
const NOBODYS_HASH = "$2b$12$KI8c9QeNRgJbBIrZEGaZxe2XZzD26MO2XcbWG5.IVjvLxBjZxzpeq";

/** @throws {AppError} `invalid_input` on `field` for a password that is too short, too long, or the person's own name. */
export function assertPasswordAcceptable(password: string, names: readonly string[], field = "password") {
  const fault = passwordFault(password, names);
  if (fault) throw new AppError("invalid_input", fault, { fields: { [field]: fault } });
}

function passwordFault(password: string, names: readonly string[]) {
  if ([...password].length < MIN_CHARACTERS) return `Use at least ${MIN_CHARACTERS} characters.`;
  if (isTooLong(password))
    return `Use at most ${MAX_BYTES} bytes: ${MAX_BYTES} plain letters, fewer with accents or emoji.`;
  if (names.some((name) => name.toLowerCase() === password.toLowerCase())) return "Use something other than your name.";
  return null;
}

/** @throws {AppError} `invalid_input` for a password over 72 bytes, which bcrypt would cut. */
export async function hashPassword(password: string): Promise<string> {
  if (isTooLong(password)) throw new AppError("invalid_input", `A password has at most ${MAX_BYTES} bytes.`);
  return bcrypt.hash(password, BCRYPT_COST);
}

/** Takes the same time whether or not there is a hash to compare with. */
export async function passwordMatches(password: string, hash: string | undefined): Promise<boolean> {
  const matches = await bcrypt.compare(password, hash ?? NOBODYS_HASH);
  return matches && hash !== undefined && !isTooLong(password);
}

function isTooLong(password: string) {
  return Buffer.byteLength(password, "utf8") > MAX_BYTES;
}
