import { createWriteStream } from "node:fs";
import { Writable } from "node:stream";
import { type ConnectionOptions, checkServerIdentity as checkName, type PeerCertificate, TLSSocket } from "node:tls";
import { Client, type FileInfo, FileType, FTPError } from "basic-ftp";
import type { ServerConnection, TrustedCertificate } from "../connection";
import { openSecrets } from "../connection-secrets";
import type { DownloadTarget, FeedServer, ListedFile } from "./feed-server";
import { FetchError, networkFault } from "./fetch-error";
import { isFolderBelow, walkFolders } from "./walk-folders";

type FtpConnection = Extract<ServerConnection, { type: "ftp" | "ftps" }>;

/** What a certificate that can't be trusted is called by the TLS library. */
const UNTRUSTED = /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|CERT_|ERR_TLS_CERT_)/;

/** More files than this keep the times of the listing: each costs a question to the server. */
const TIMES_ASKED_FOR = 100;

/** FTP in passive mode, plain or over TLS. */
export async function openFtp(connection: FtpConnection, signal: AbortSignal): Promise<FeedServer> {
  const client = await connect(connection, tlsOptions(connection), signal);
  const close = () => client.close();
  signal.addEventListener("abort", close);
  try {
    const { password } = openSecrets(connection);
    await during(connection, signal, () => client.login(connection.user, password ?? ""), loginFault(connection));
    await during(connection, signal, () => client.useDefaultSettings());
    if (connection.folder) {
      await during(connection, signal, () => client.cd(connection.folder), folderFault(connection));
    }
  } catch (error) {
    client.close();
    throw error;
  }
  return {
    hostKey: null,
    list: async () => {
      const listing = await walkFolders(connection.isDeep, async (path) => {
        const found = await during(connection, signal, () => client.list(path));
        const folders = found.filter((file) => file.isDirectory && isFolderBelow(file.name));
        return {
          files: found.filter((file) => file.isFile || file.type === FileType.Unknown).map(listed),
          folders: folders.map((file) => file.name),
        };
      });
      await during(connection, signal, () => addTimes(client, listing.files));
      return listing;
    },
    download: (name, target) => download(client, connection, name, target, signal),
    close: async () => {
      signal.removeEventListener("abort", close);
      client.close();
    },
  };
}

/**
 * The certificate a server shows, without logging in: for a person who is to decide whether to trust it.
 * @throws {FetchError} when there is none to see
 */
export async function readCertificate(connection: Extract<FtpConnection, { type: "ftps" }>, signal: AbortSignal) {
  const client = await connect(connection, { rejectUnauthorized: false }, signal);
  const { socket } = client.ftp;
  const certificate = socket instanceof TLSSocket ? socket.getPeerCertificate() : null;
  client.close();
  return certificate?.raw ? describeCertificate(certificate) : null;
}

async function connect(connection: FtpConnection, options: ConnectionOptions, signal: AbortSignal) {
  const client = new Client(connection.timeoutSeconds * 1000);
  const close = () => client.close();
  signal.addEventListener("abort", close, { once: true });
  const { host, port } = connection;
  try {
    await during(connection, signal, async () => {
      if (connection.type === "ftps" && connection.isImplicit) await client.connectImplicitTLS(host, port, options);
      else await client.connect(host, port);
    });
    if (connection.type === "ftps" && !connection.isImplicit) {
      await during(
        connection,
        signal,
        () => client.useTLS({ ...options, host }),
        (error) => error instanceof FTPError && noTlsFault(connection, error),
      );
    }
    return client;
  } catch (error) {
    client.close();
    throw error;
  } finally {
    signal.removeEventListener("abort", close);
  }
}

/** With a certificate that a person trusts, that one and no other, whatever name it bears. */
function tlsOptions(connection: FtpConnection): ConnectionOptions {
  if (connection.type !== "ftps" || !connection.certificate) return {};
  const { pem, fingerprint } = connection.certificate;
  return {
    ca: [pem],
    allowPartialTrustChain: true,
    checkServerIdentity: (host: string, shown: PeerCertificate) =>
      shown.fingerprint256 === fingerprint ? undefined : checkName(host, shown),
  } as ConnectionOptions; // `allowPartialTrustChain` is newer than the types
}

function describeCertificate(certificate: PeerCertificate): TrustedCertificate {
  const body = certificate.raw.toString("base64").replace(/.{64}/g, "$&\n").trim();
  const name = certificate.subject.CN;
  return {
    pem: `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`,
    fingerprint: certificate.fingerprint256,
    subject: String(Array.isArray(name) ? name[0] : (name ?? "no name")),
    validTo: certificate.valid_to,
  };
}

function listed(file: FileInfo): ListedFile {
  const stamp = file.modifiedAt?.toISOString() ?? file.rawModifiedAt;
  return { name: file.name, bytes: file.size, modifiedAt: file.modifiedAt ?? null, stamp };
}

/** Old listings tell a time to the minute, in an unnamed zone; where the server can, it is asked for the exact one. */
async function addTimes(client: Client, files: ListedFile[]) {
  if (files.length > TIMES_ASKED_FOR) return;
  for (const file of files) {
    if (file.modifiedAt) continue;
    try {
      file.modifiedAt = await client.lastMod(file.name);
      file.stamp = file.modifiedAt.toISOString();
    } catch (error) {
      // A server that doesn't know the command; any other failure is the line's.
      if (!(error instanceof FTPError)) throw error;
      return;
    }
  }
}

async function download(
  client: Client,
  connection: FtpConnection,
  name: string,
  { path, startAt, onBytes }: DownloadTarget,
  signal: AbortSignal,
) {
  const file = createWriteStream(path, { flags: "a" });
  const counted = new Writable({
    write(chunk: Buffer, _encoding, done) {
      onBytes(chunk.length);
      if (file.write(chunk)) done();
      else file.once("drain", done);
    },
    final: (done) => void file.end(done),
    destroy: (error, done) => {
      file.destroy();
      done(error);
    },
  });
  file.once("error", (error) => counted.destroy(error));
  await during(
    connection,
    signal,
    () => client.downloadTo(counted, name, startAt),
    (error) =>
      error instanceof FTPError &&
      error.code === 550 &&
      new FetchError(
        "file",
        `${connection.host} doesn't hand out ${name}: ${saidBy(error)}. Ask for the right to read it.`,
        {
          cause: error,
        },
      ),
  );
}

/** Runs one step; whatever goes wrong comes out as a sentence. */
async function during<T>(
  connection: FtpConnection,
  signal: AbortSignal,
  work: () => Promise<T>,
  known: (error: unknown) => FetchError | false = () => false,
): Promise<T> {
  const { host, port, timeoutSeconds } = connection;
  try {
    signal.throwIfAborted();
    return await work();
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof FetchError) throw error;
    const place = `${host}:${port}`;
    const fault = known(error) || certificateFault(error, host) || networkFault(error, place);
    if (fault) throw fault;
    const message = error instanceof Error ? error.message : String(error);
    if (/timeout/i.test(message)) {
      const tls = connection.type === "ftps" && !connection.isImplicit ? ", whether it wants implicit TLS" : "";
      const sentence = `${place} was silent for ${timeoutSeconds} seconds. Check the port${tls} and the firewall (passive ports too), or allow more time.`;
      throw new FetchError("timeout", sentence, { cause: error });
    }
    if (error instanceof FTPError) {
      throw new FetchError("server", `${place} answered: ${saidBy(error)}. It is tried again.`, { cause: error });
    }
    throw new FetchError("network", `The connection to ${place} broke off. It is tried again with the next fetch.`, {
      cause: error,
    });
  }
}

function certificateFault(error: unknown, host: string) {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "EPROTO" || code.startsWith("ERR_SSL_")) {
    const sentence = `${host} speaks no TLS that this machine understands. Check the port, and whether it is explicit or implicit TLS.`;
    return new FetchError("certificate", sentence, { cause: error });
  }
  if (!UNTRUSTED.test(code)) return null;
  const why: Record<string, string> = {
    CERT_HAS_EXPIRED: "has expired",
    ERR_TLS_CERT_ALTNAME_INVALID: "is made out to another name",
  };
  const sentence = `The certificate of ${host} ${why[code] ?? "is vouched for by nobody this machine knows"}. Test the connection and trust it there if it is the right one.`;
  return new FetchError("certificate", sentence, { cause: error });
}

function loginFault({ host, user }: FtpConnection) {
  return (error: unknown) =>
    error instanceof FTPError &&
    (error.code === 530 || error.code === 430 || error.code === 332) &&
    new FetchError("login", `${host} refused the login of ${user}. Check user name and password.`, { cause: error });
}

function folderFault({ host, folder }: FtpConnection) {
  return (error: unknown) =>
    error instanceof FTPError &&
    error.code === 550 &&
    new FetchError("folder", `There is no folder ${folder} on ${host}, or ${host} doesn't show it. Check the folder.`, {
      cause: error,
    });
}

function noTlsFault({ host }: FtpConnection, error: FTPError) {
  const sentence = `${host} offers no TLS (${saidBy(error)}). Ask its owner for FTPS, or choose plain FTP.`;
  return new FetchError("certificate", sentence, { cause: error });
}

/** A server's own words, one line of them. */
function saidBy(error: FTPError) {
  return (error.message.split("\n")[0] ?? "").replace(/[.\s]+$/, "").slice(0, 200);
}
