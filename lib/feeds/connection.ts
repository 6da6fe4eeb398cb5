import { isIP } from "node:net";
import { isAbsolute } from "node:path";
import { z } from "zod";
import { sealedSecret } from "@/lib/secrets";

const HOST_NAME = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*$/i;
// Control characters would end a command and begin another.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const CONTROL = /[\u0000-\u001f\u007f]/;

const host = z
  .string()
  .trim()
  .min(1, "Enter the server's name, like ftp.example.com.")
  .refine(
    (name) => isIP(name) !== 0 || (HOST_NAME.test(name) && !/^[\d.]+$/.test(name)),
    "Enter a server name like ftp.example.com or an address like 192.0.2.7, without ftp:// and without a folder.",
  );
const line = (limit: number) =>
  z
    .string()
    .trim()
    .max(limit, `Use at most ${limit} characters.`)
    .refine((text) => !CONTROL.test(text), "Leave out line breaks and control characters.");

/** How files of a folder are chosen and waited for, wherever it lies. */
const selection = {
  /** Names to take, `*` and `?` standing for anything; several parted by commas; empty: all. */
  pattern: line(200).default(""),
  /** All files that fit, or the newest of them. */
  take: z.enum(["all", "newest"]).default("all"),
  /** Between the two looks that must find a file alike before it is read. */
  settleSeconds: z.coerce.number().min(0).max(600, "Wait at most 600 seconds.").default(10),
  /** A file whose presence says that the delivery is whole; empty: none. */
  doneMarker: line(200).default(""),
};
const server = {
  host,
  user: line(200).min(1, "Enter the user name the server knows you by."),
  /** Empty: where the server puts the user after the login. */
  folder: line(1000).default(""),
  /** Files in folders below it are taken too. */
  isDeep: z.boolean().default(false),
  /** Silence after which a server counts as gone. */
  timeoutSeconds: z.coerce
    .number()
    .int()
    .min(2, "Wait at least 2 seconds.")
    .max(300, "Wait at most 300 seconds.")
    .default(30),
  ...selection,
};
const port = (usual: number) =>
  z.coerce
    .number({ error: "Enter a port number." })
    .int()
    .min(1, "A port is from 1 to 65535.")
    .max(65535, "A port is from 1 to 65535.")
    .default(usual);

/** A certificate that no public authority vouches for, trusted by a person. */
const trustedCertificate = z.object({
  pem: z.string().max(20_000),
  /** SHA-256, colons between bytes. */
  fingerprint: z.string().max(100),
  subject: z.string().max(500),
  validTo: z.string().max(100),
});
export type TrustedCertificate = z.output<typeof trustedCertificate>;

const absoluteFolder = line(1000).refine(
  (path) => isAbsolute(path),
  "Enter the folder's whole path on the server, like /data/etilize.",
);

/** Everything of a connection but its secrets. */
const kinds = {
  upload: { type: z.literal("upload") },
  folder: {
    type: z.literal("folder"),
    path: absoluteFolder,
    /** A folder of pictures that lies beside the feed, with a `pictures.json` of image id → file. */
    pictures: z.string().optional(),
    ...selection,
  },
  ftp: { type: z.literal("ftp"), ...server, port: port(21) },
  ftps: {
    type: z.literal("ftps"),
    ...server,
    port: port(21),
    /** TLS from the first byte, as servers on port 990 want it. */
    isImplicit: z.boolean().default(false),
    /** Null: the usual authorities decide. */
    certificate: trustedCertificate.nullable().default(null),
  },
  sftp: {
    type: z.literal("sftp"),
    ...server,
    port: port(22),
    login: z.enum(["password", "key"]).default("password"),
    /** SHA-256 of the key the server showed first; another one is refused. Null until the first look. */
    hostKey: z.string().max(100).nullable().default(null),
  },
};
const secret = sealedSecret.nullable().default(null);

/** FeedSource.connection, as stored. */
export const feedConnection = z.discriminatedUnion("type", [
  z.object(kinds.upload),
  z.object(kinds.folder),
  z.object({ ...kinds.ftp, password: secret }),
  z.object({ ...kinds.ftps, password: secret }),
  z.object({ ...kinds.sftp, password: secret, privateKey: secret, passphrase: secret }),
]);
export type FeedConnection = z.output<typeof feedConnection>;
export type ServerConnection = Extract<FeedConnection, { host: string }>;
export type FetchedConnection = Exclude<FeedConnection, { type: "upload" }>;

/** Absent: what is saved stays. */
const typed = z.string().max(20_000).optional();

/** A connection as a form sends it: secrets as typed. */
export const connectionInput = z.discriminatedUnion("type", [
  z.object(kinds.upload),
  z.object(kinds.folder),
  z.object({ ...kinds.ftp, password: typed }),
  z.object({ ...kinds.ftps, password: typed }),
  z.object({ ...kinds.sftp, password: typed, privateKey: typed, passphrase: typed }),
]);
export type ConnectionInput = z.output<typeof connectionInput>;

/** A connection as a browser may see it: of a secret, that it is there and its last four characters. */
export type PublicConnection = FeedConnection extends infer Each
  ? Each extends FeedConnection
    ? { [Key in keyof Each]: Key extends SecretName ? string | null : Each[Key] }
    : never
  : never;

export const SECRET_NAMES = ["password", "privateKey", "passphrase"] as const;
export type SecretName = (typeof SECRET_NAMES)[number];

/** A source made before connections were kept takes uploads. */
export function parseConnection(stored: unknown): FeedConnection {
  return feedConnection.safeParse(stored).data ?? { type: "upload" };
}

export function isFetched(connection: { type: FeedConnection["type"] }): connection is FetchedConnection {
  return connection.type !== "upload";
}

/** Where a feed comes from, in one line. */
export function placeOf(connection: PublicConnection): string {
  if (connection.type === "upload") return "uploads";
  if (connection.type === "folder") return connection.path;
  const { type, user, host: name, port: number, folder } = connection;
  return `${type}://${user}@${name.includes(":") ? `[${name}]` : name}:${number}${folder === "" || folder.startsWith("/") ? folder : `/${folder}`}`;
}
