import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { formatBytes, formatPlural } from "@/lib/format";
import {
  type ConnectionInput,
  type FetchedConnection,
  isFetched,
  parseConnection,
  type TrustedCertificate,
} from "../connection";
import { sealConnection } from "../connection-secrets";
import { type Listing, openFeedServer } from "./feed-server";
import { FetchError } from "./fetch-error";
import { readCertificate } from "./ftp-client";
import { chooseFiles, foldersAlone } from "./take-files";

/** A test is over by then, whatever the source's own patience, in milliseconds. */
const LONGEST_TEST_MS = 18_000;
/** Files named in an answer; the others are only counted. */
const SHOWN = 100;

export interface ConnectionTest {
  isGood: boolean;
  /** What happened, in words. */
  message: string;
  /** What lies there, the files a fetch would take first. */
  files: { name: string; bytes: number; modifiedAt: string | null; isTaken: boolean }[];
  count: number;
  /** To be saved with the connection: what the server showed. */
  hostKey: string | null;
  /** Shown by a server that nobody vouches for: a person may trust it. */
  certificate: TrustedCertificate | null;
}

/**
 * Logs in as a fetch would and looks around, without taking anything. Secrets that were not typed are the saved ones.
 * @throws {AppError} `invalid_input` when the connection can't be tried at all
 */
export async function testConnection(
  actor: Actor,
  { sourceId, connection: input }: { sourceId: string | null; connection: ConnectionInput },
): Promise<ConnectionTest> {
  assertCan(actor, "feed:run");
  const source = sourceId
    ? await db.feedSource.findUnique({ where: { id: sourceId }, select: { connection: true } })
    : null;
  const sealed = sealConnection(input, source && parseConnection(source.connection));
  if (!isFetched(sealed)) throw new AppError("invalid_input", "A source that takes uploads has nothing to test.");
  const connection =
    "timeoutSeconds" in sealed ? { ...sealed, timeoutSeconds: Math.min(15, sealed.timeoutSeconds) } : sealed;
  const signal = AbortSignal.timeout(LONGEST_TEST_MS);
  try {
    const server = await openFeedServer(connection, signal);
    try {
      return describeTest(connection, await server.list(), server.hostKey);
    } finally {
      await server.close();
    }
  } catch (error) {
    return failedTest(connection, error, signal);
  }
}

function describeTest(
  connection: FetchedConnection,
  { files: all, folders }: Listing,
  hostKey: string | null,
): ConnectionTest {
  const taken = new Set(chooseFiles(all, connection));
  const bytes = [...taken].reduce((sum, file) => sum + file.bytes, 0);
  const files = all
    .toSorted((a, b) => Number(taken.has(b)) - Number(taken.has(a)) || (a.name < b.name ? -1 : 1))
    .slice(0, SHOWN)
    .map((file) => ({
      name: file.name,
      bytes: file.bytes,
      modifiedAt: file.modifiedAt?.toISOString() ?? null,
      isTaken: taken.has(file),
    }));
  const answer = { files, count: all.length, hostKey, certificate: null };
  if (taken.size > 0) {
    const would = `A fetch would take ${formatPlural(taken.size, "file")}, ${formatBytes(bytes)}`;
    return {
      ...answer,
      isGood: true,
      message: `It works. ${would}${all.length > taken.size ? ` of ${all.length} there` : ""}.`,
    };
  }
  const empty = folders.length > 0 ? foldersAlone(folders) : "the folder is empty";
  const why = all.length === 0 ? empty : `none of the ${formatPlural(all.length, "file")} there fits`;
  const what = connection.pattern ? ` the pattern ${connection.pattern}` : "";
  return {
    ...answer,
    isGood: false,
    message: `The login works, but a fetch would take nothing: ${why}${all.length === 0 ? "" : what}.`,
  };
}

async function failedTest(connection: FetchedConnection, error: unknown, signal: AbortSignal): Promise<ConnectionTest> {
  const nothing = { isGood: false, files: [], count: 0, hostKey: null, certificate: null };
  if (signal.aborted) {
    const sentence = `No answer within ${LONGEST_TEST_MS / 1000} seconds. Check host, port and firewall.`;
    return { ...nothing, message: sentence };
  }
  if (!(error instanceof FetchError)) throw error;
  const message = error.message.replace(/ It is tried again( with the next fetch)?\.$/, "");
  if (error.fault !== "certificate" || connection.type !== "ftps") return { ...nothing, message };
  // Looking at a certificate sends no password; without one to show, the sentence says all there is.
  const certificate = await readCertificate(connection, signal).catch(() => null);
  return { ...nothing, message, certificate };
}
