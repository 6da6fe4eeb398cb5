import { closeSync, fstatSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join, normalize } from "node:path";
import ssh2, { type AuthContext, type Connection, type SFTPWrapper } from "ssh2";
import type { Faults } from "./server-faults";

interface Options {
  root: string;
  user: string;
  password?: string;
  /** OpenSSH text of the public key that may log in. */
  publicKey?: string;
  hostKey: string;
  faults?: Faults;
}

/** A real SFTP server of this machine, with things going wrong where `faults` says so. It only reads. */
export async function startSftpServer({ root, user, password, publicKey, hostKey, faults = () => null }: Options) {
  const state = { faults, logins: 0 };
  const open = new Set<Connection>();
  const server = new ssh2.Server({ hostKeys: [hostKey] }, (client) => {
    open.add(client);
    client.on("error", () => undefined);
    client.on("close", () => open.delete(client));
    client.on("authentication", (context) => {
      const refuse = () => context.reject(["password", "publickey"]);
      if (context.method === "none") return refuse();
      state.logins += 1;
      if (state.faults("login", 0)) return refuse();
      return mayLogin(context) ? context.accept() : refuse();
    });
    client.on("session", (accept) => {
      accept().on("sftp", (acceptSftp) => serve(acceptSftp(), root, client, () => state.faults));
    });
  });
  function mayLogin(context: AuthContext) {
    if (context.username !== user) return false;
    if (context.method === "password") return context.password === password;
    if (context.method !== "publickey" || !publicKey) return false;
    const key = ssh2.utils.parseKey(publicKey);
    if (key instanceof Error) throw key;
    if (!context.key.data.equals(key.getPublicSSH())) return false;
    return (
      !context.signature || !context.blob || key.verify(context.blob, context.signature, context.hashAlgo) === true
    );
  }
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port, // a TCP server's address is one
    state,
    close: async () => {
      for (const client of open) client.end();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Handle =
  | { is: "folder"; path: string; isListed: boolean }
  | { is: "file"; descriptor: number; cutAt: number; isStalling: boolean; isLoud: boolean };

function serve(sftp: SFTPWrapper, root: string, client: Connection, faults: () => Faults) {
  const { STATUS_CODE } = ssh2.utils.sftp;
  const handles = new Map<number, Handle>();
  let last = 0;
  const inRoot = (path: string) => join(root, normalize(join("/", path)));
  const give = (id: number, handle: Handle) => {
    handles.set(++last, handle);
    const name = Buffer.alloc(4);
    name.writeUInt32BE(last);
    sftp.handle(id, name);
  };
  const attempt = (id: number, work: () => void) => {
    try {
      work();
    } catch {
      // Whatever is wrong with a path, a server says no more than this.
      sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
    }
  };
  sftp.on("STAT", (id, path) => attempt(id, () => sftp.attrs(id, attrsOf(statSync(inRoot(path))))));
  sftp.on("LSTAT", (id, path) => attempt(id, () => sftp.attrs(id, attrsOf(statSync(inRoot(path))))));
  sftp.on("OPENDIR", (id, path) =>
    attempt(id, () => {
      readdirSync(inRoot(path));
      give(id, { is: "folder", path: inRoot(path), isListed: false });
    }),
  );
  sftp.on("READDIR", (id, name) => {
    const handle = handles.get(name.readUInt32BE());
    if (handle?.is !== "folder") return sftp.status(id, STATUS_CODE.FAILURE);
    if (handle.isListed) return sftp.status(id, STATUS_CODE.EOF);
    handle.isListed = true;
    const fault = faults()("list", 0);
    if (fault?.is === "refuse") return sftp.status(id, STATUS_CODE.FAILURE, "listing failed");
    const entries = readdirSync(handle.path).map((filename) => {
      const attrs = attrsOf(statSync(join(handle.path, filename)));
      if (fault?.is === "size") attrs.size = Math.max(1, attrs.size + fault.by);
      return { filename, longname: filename, attrs };
    });
    return entries.length === 0 ? sftp.status(id, STATUS_CODE.EOF) : sftp.name(id, entries);
  });
  sftp.on("OPEN", (id, path) =>
    attempt(id, () => {
      const descriptor = openSync(inRoot(path), "r");
      const fault = faults()("read", fstatSync(descriptor).size);
      const cutAt = fault && "after" in fault ? fault.after : Number.POSITIVE_INFINITY;
      give(id, {
        is: "file",
        descriptor,
        cutAt,
        isStalling: fault?.is === "stall",
        isLoud: fault?.is === "cut" && !fault.quiet,
      });
    }),
  );
  sftp.on("READ", (id, name, offset, length) => {
    const handle = handles.get(name.readUInt32BE());
    if (handle?.is !== "file") return sftp.status(id, STATUS_CODE.FAILURE);
    const most = Math.min(length, handle.cutAt - offset);
    if (most <= 0) {
      if (handle.isStalling) return;
      if (handle.isLoud) return void client.end();
      return sftp.status(id, STATUS_CODE.EOF);
    }
    const bytes = Buffer.alloc(most);
    const read = readSync(handle.descriptor, bytes, 0, most, offset);
    return read === 0 ? sftp.status(id, STATUS_CODE.EOF) : sftp.data(id, bytes.subarray(0, read));
  });
  sftp.on("CLOSE", (id, name) => {
    const handle = handles.get(name.readUInt32BE());
    if (handle?.is === "file") closeSync(handle.descriptor);
    handles.delete(name.readUInt32BE());
    sftp.status(id, STATUS_CODE.OK);
  });
}

function attrsOf({ mode, uid, gid, size, atimeMs, mtimeMs }: ReturnType<typeof statSync> & object) {
  const seconds = (time: number | bigint) => Math.floor(Number(time) / 1000);
  return {
    mode: Number(mode),
    uid: Number(uid),
    gid: Number(gid),
    size: Number(size),
    atime: seconds(atimeMs),
    mtime: seconds(mtimeMs),
  };
}
