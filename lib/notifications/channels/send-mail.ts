import "server-only";
import { createTransport } from "nodemailer";
import { appAddress } from "../app-address";
import type { Batch } from "./batch";
import { ChannelError } from "./channel-error";
import { type MailServer, readMailServer } from "./mail-settings";

/** Of each step of the conversation, in milliseconds. */
export const MAIL_TIMEOUT_MS = 10_000;
/** Of all of it: within a delivery's lease. */
const WHOLE_MS = 60_000;
/** Lines of a digest; the rest is counted. */
const MOST_LINES = 100;

/** Sends a batch as one e-mail, its Message-ID the delivery's. @throws {ChannelError} */
export async function sendMail(batch: Batch, signal: AbortSignal, timeoutMs = MAIL_TIMEOUT_MS) {
  const { deliveryId, recipient, notifications } = batch;
  if (recipient === null) throw new ChannelError("The person whose channel it is, is switched off.");
  const [first] = notifications;
  const subject = notifications.length === 1 && first ? first.title : `${notifications.length} notifications`;
  const mail = { to: recipient, subject: `[Stockroom] ${subject}`, text: textOf(batch), deliveryId };
  await send(await readMailServer(), mail, signal, timeoutMs);
}

/** Sends an e-mail that says only that this works. @throws {ChannelError} */
export async function sendTestMail(server: MailServer, to: string, signal: AbortSignal, timeoutMs = MAIL_TIMEOUT_MS) {
  const text = "This is a test: Stockroom can send e-mail with these settings.\n";
  await send(server, { to, subject: "[Stockroom] A test", text, deliveryId: `test.${Date.now()}` }, signal, timeoutMs);
}

async function send(
  server: MailServer,
  { deliveryId, ...mail }: { to: string; subject: string; text: string; deliveryId: string },
  signal: AbortSignal,
  timeoutMs: number,
) {
  const { host, port, security, user, password, from, fromName } = server;
  const transport = createTransport({
    host,
    port,
    secure: security === "tls",
    requireTLS: security === "starttls",
    ignoreTLS: security === "none",
    ...(user && { auth: { user, pass: password ?? "" } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: false,
  });
  const over = AbortSignal.any([signal, AbortSignal.timeout(WHOLE_MS)]);
  try {
    await Promise.race([
      transport.sendMail({
        ...mail,
        from: fromName ? { name: fromName, address: from } : from,
        messageId: `<${deliveryId}@${from.split("@")[1]}>`,
        headers: { "Auto-Submitted": "auto-generated", "X-Stockroom-Delivery": deliveryId },
      }),
      new Promise<never>((_, reject) => {
        over.addEventListener("abort", () => reject(over.reason), { once: true });
      }),
    ]);
  } catch (error) {
    signal.throwIfAborted();
    throw inWords(error, host, port);
  } finally {
    transport.close();
  }
}

function textOf({ notifications }: Batch) {
  const lines = notifications.slice(0, MOST_LINES).map(({ title, body, href, createdAt }) => {
    const at = `${createdAt.toISOString().slice(0, 16).replace("T", " ")} UTC`;
    return [title, body, `${at}  ${appAddress(href)}`].filter(Boolean).join("\n");
  });
  const more = notifications.length - MOST_LINES;
  if (more > 0) lines.push(`And ${more} more: ${appAddress("/notifications")}`);
  return `${lines.join("\n\n")}\n\n-- \nWhat you are told of: ${appAddress("/account")}\n`;
}

/** What the library tells by its codes; the server's own words only where they can't repeat a login. */
function inWords(error: unknown, host: string, port: number): Error {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const status = error instanceof Error && "responseCode" in error ? ` (${String(error.responseCode)})` : "";
  const words: Record<string, string> = {
    EAUTH: `${host} refused the login${status}. Check the user and the password.`,
    EENVELOPE: `${host} refused the sender or the recipient${status}.`,
    EMESSAGE: `${host} refused the message${status}.`,
    ETIMEDOUT: `${host}:${port} did not answer in time.`,
    ECONNECTION: `${host}:${port} takes no connection. Check the name, the port and the kind of encryption.`,
    ESOCKET: `The connection to ${host}:${port} broke. Check the port and the kind of encryption.`,
    EDNS: `There is no mail server named ${host}.`,
    ETLS: `${host} offers no encryption, or shows no valid certificate.`,
  };
  const said = words[code] ?? `${host}:${port} did not take the message${status}.`;
  return new ChannelError(said, { cause: error });
}
