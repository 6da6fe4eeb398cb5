import type { ConnectionInput, PublicConnection, TrustedCertificate } from "@/lib/feeds/connection";

/** A connection on its way: every field of every kind, so that switching kinds loses nothing. */
export interface ConnectionDraft {
  type: ConnectionInput["type"];
  path: string;
  host: string;
  port: string;
  user: string;
  folder: string;
  isDeep: boolean;
  pattern: string;
  take: "all" | "newest";
  settleSeconds: string;
  doneMarker: string;
  timeoutSeconds: string;
  isImplicit: boolean;
  certificate: TrustedCertificate | null;
  login: "password" | "key";
  hostKey: string | null;
  /** Undefined until somebody types: what is saved stays. */
  password?: string;
  privateKey?: string;
  passphrase?: string;
}

export const EMPTY_CONNECTION: ConnectionDraft = {
  type: "upload",
  path: "",
  host: "",
  port: "",
  user: "",
  folder: "",
  isDeep: false,
  pattern: "",
  take: "all",
  settleSeconds: "10",
  doneMarker: "",
  timeoutSeconds: "30",
  isImplicit: false,
  certificate: null,
  login: "password",
  hostKey: null,
};

export function draftOf(connection: PublicConnection): ConnectionDraft {
  if (connection.type === "upload") return EMPTY_CONNECTION;
  const { pattern, take, doneMarker } = connection;
  const common = { ...EMPTY_CONNECTION, pattern, take, doneMarker, settleSeconds: String(connection.settleSeconds) };
  if (connection.type === "folder") return { ...common, type: "folder", path: connection.path };
  const { type, host, user, folder, isDeep } = connection;
  const numbers = { port: String(connection.port), timeoutSeconds: String(connection.timeoutSeconds) };
  const server = { ...common, type, host, user, folder, isDeep, ...numbers };
  if (connection.type === "ftps") {
    return { ...server, isImplicit: connection.isImplicit, certificate: connection.certificate };
  }
  return connection.type === "sftp" ? { ...server, login: connection.login, hostKey: connection.hostKey } : server;
}

export function inputOf(draft: ConnectionDraft): ConnectionInput {
  const { type, pattern, take, doneMarker, folder, isDeep, host, user } = draft;
  const settleSeconds = Number(draft.settleSeconds);
  const selection = { pattern, take, doneMarker, settleSeconds };
  const port = Number(draft.port || usualPort(draft));
  const server = { host, port, user, folder, isDeep, timeoutSeconds: Number(draft.timeoutSeconds), ...selection };
  const { password, privateKey, passphrase, isImplicit, certificate, login, hostKey } = draft;
  switch (type) {
    case "upload":
      return { type };
    case "folder":
      return { type, path: draft.path, ...selection };
    case "ftp":
      return { type, ...server, password };
    case "ftps":
      return { type, ...server, isImplicit, certificate, password };
    case "sftp":
      return { type, ...server, login, hostKey, password, privateKey, passphrase };
  }
}

export function usualPort({ type, isImplicit }: Pick<ConnectionDraft, "type" | "isImplicit">) {
  if (type === "sftp") return 22;
  return type === "ftps" && isImplicit ? 990 : 21;
}

/** Sentences per field, without the `connection.` that a nested form puts in front. */
export function connectionErrors(fields: Record<string, string> | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields ?? {}).map(([name, sentence]) => [name.replace(/^connection\./, ""), sentence]),
  );
}
