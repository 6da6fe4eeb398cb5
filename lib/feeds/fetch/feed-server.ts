import type { FetchedConnection } from "../connection";
import { openFolder } from "./folder-client";
import { openFtp } from "./ftp-client";
import { openSftp } from "./sftp-client";

/** A file as a source lists it. */
export interface ListedFile {
  name: string;
  bytes: number;
  modifiedAt: Date | null;
  /** Tells one state of the file from another, as exactly as the server tells it. */
  stamp: string;
}

export interface Listing {
  files: ListedFile[];
  /** Folders there that were not looked into. */
  folders: string[];
}

export interface DownloadTarget {
  /** Where to write; what is there before `startAt` stays. */
  path: string;
  startAt: number;
  onBytes: (bytes: number) => void;
}

/** A source's folder, opened. Nothing on the other side is ever changed. */
export interface FeedServer {
  /** What the server proved to be: an SSH host key's SHA-256, where there is one. */
  hostKey: string | null;
  list(): Promise<Listing>;
  /** Appends the file's bytes from `startAt` on. @throws {FetchError} */
  download(name: string, target: DownloadTarget): Promise<void>;
  close(): Promise<void>;
}

/**
 * Logs in and goes to the folder.
 * @throws {FetchError} that says which step failed and what to do
 */
export function openFeedServer(connection: FetchedConnection, signal: AbortSignal): Promise<FeedServer> {
  switch (connection.type) {
    case "folder":
      return openFolder(connection, signal);
    case "ftp":
    case "ftps":
      return openFtp(connection, signal);
    case "sftp":
      return openSftp(connection, signal);
  }
}
