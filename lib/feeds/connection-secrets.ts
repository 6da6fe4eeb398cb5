import "server-only";
import { AppError } from "@/lib/errors";
import { openSecret, type SealedSecret, sealSecret } from "@/lib/secrets";
import {
  type ConnectionInput,
  type FeedConnection,
  feedConnection,
  type PublicConnection,
  SECRET_NAMES,
  type SecretName,
  type ServerConnection,
} from "./connection";

/** What a screen shows in a secret's place. */
const MASK = "••••";

/** Leaves of each secret what a screen may show: `••••1234`, or null where there is none. */
export function publicConnection(connection: FeedConnection): PublicConnection {
  const shown: Record<string, unknown> = { ...connection };
  for (const name of SECRET_NAMES) {
    if (!(name in connection)) continue;
    const sealed = shown[name] as SealedSecret | null; // by the schema of stored connections
    shown[name] = sealed ? `${MASK}${sealed.lastFour}` : null;
  }
  return shown as PublicConnection; // the same object, its secrets replaced one by one
}

/**
 * Seals what was typed and keeps what was not. A saved secret stays for the server and user it was entered for alone:
 * nobody gets to read it by sending it elsewhere.
 * @throws {AppError} `invalid_input` when a secret must be entered
 */
export function sealConnection(input: ConnectionInput, saved: FeedConnection | null): FeedConnection {
  if (input.type === "upload" || input.type === "folder") return feedConnection.parse(input);
  const kept = saved && isSameLogin(input, saved) ? saved : null;
  const sealed: Record<string, unknown> = { ...input };
  for (const name of SECRET_NAMES) {
    if (!(name in input) && !(kept && name in kept)) continue;
    const typed = name in input ? (input as Partial<Record<SecretName, string>>)[name] : undefined;
    const before = kept && name in kept ? (kept as Partial<Record<SecretName, SealedSecret | null>>)[name] : null;
    sealed[name] = typed === undefined ? (before ?? null) : typed === "" ? null : sealSecret(typed);
  }
  const connection = feedConnection.parse(sealed) as ServerConnection; // the input's own kind, which has a server
  requireLogin(connection, saved !== null && kept === null);
  if (connection.type !== "sftp") return connection;
  return connection.login === "key"
    ? { ...connection, password: null }
    : { ...connection, privateKey: null, passphrase: null };
}

function isSameLogin(input: ConnectionInput, saved: FeedConnection): saved is ServerConnection {
  if (!("host" in input) || !("host" in saved)) return false;
  return (
    input.type === saved.type && input.host === saved.host && input.port === saved.port && input.user === saved.user
  );
}

function requireLogin(connection: ServerConnection, hasMoved: boolean) {
  const why = hasMoved ? " What was saved belongs to the former server and user alone." : "";
  if (connection.type === "sftp" && connection.login === "key") {
    if (connection.privateKey) return;
    const privateKey = `Paste the private key.${why}`;
    throw new AppError("invalid_input", privateKey, { fields: { privateKey } });
  }
  if (connection.password || connection.user === "anonymous") return;
  const password = `Enter the password.${why}`;
  throw new AppError("invalid_input", password, { fields: { password } });
}

/** The secrets of a connection in the clear, for the client that logs in and nobody else. */
export function openSecrets(connection: ServerConnection): Partial<Record<SecretName, string>> {
  const opened: Partial<Record<SecretName, string>> = {};
  if (connection.password) opened.password = openSecret(connection.password);
  if (connection.type !== "sftp") return opened;
  if (connection.privateKey) opened.privateKey = openSecret(connection.privateKey);
  if (connection.passphrase) opened.passphrase = openSecret(connection.passphrase);
  return opened;
}
