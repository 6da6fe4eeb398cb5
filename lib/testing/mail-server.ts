import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";

/** Starts a mail server on this machine; it takes `password` for any user, and keeps what it was sent. */
export async function startMailServer({ password, isSilent = false }: { password?: string; isSilent?: boolean } = {}) {
  const mails: { to: string[]; text: string }[] = [];
  const server = new SMTPServer({
    hideSTARTTLS: true,
    allowInsecureAuth: true,
    authOptional: password === undefined,
    disableReverseLookup: true,
    logger: false,
    onAuth(login, _session, done) {
      if (login.password === password) done(null, { user: login.username });
      else done(Object.assign(new Error(`No entry for ${login.password}`), { responseCode: 535 }));
    },
    onData(stream, session, done) {
      void text(stream).then((mail) => {
        mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), text: mail });
        if (!isSilent) done();
      });
    },
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo; // it listens on a port
  return {
    port,
    mails,
    header: (at: number, name: string) => new RegExp(`^${name}: (.*)$`, "im").exec(mails[at]?.text ?? "")?.[1]?.trim(),
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
