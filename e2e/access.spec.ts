import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type APIRequestContext, expect, test } from "@playwright/test";
import Database from "better-sqlite3";
import { ACTIONS, type Access, PAGES, PUBLIC, ROUTES } from "@/lib/auth/access";
import { can } from "@/lib/auth/actor";

const SERVER = join(import.meta.dirname, "../.next/server");
const PASSWORD = "stockroom-demo";
const ROLES = ["staff", "manager", "admin"] as const;
type Role = (typeof ROLES)[number];
/** Whoever has no session that holds: nobody, somebody disabled since, a cookie kept from before signing out. */
const STRANGERS = ["anonymous", "disabled", "revoked"] as const;
type Who = Role | (typeof STRANGERS)[number];
type Verdict = "allowed" | "sign in" | "forbidden";
type Playwright = {
  request: {
    newContext: (options: {
      extraHTTPHeaders?: Record<string, string>;
      baseURL?: string;
    }) => Promise<APIRequestContext>;
  };
};

/** Valid, and of nothing: a caller who may ask is told that it is not there. */
const SAMPLE: Record<string, string> = {
  "[id]": "00000000-0000-7000-8000-000000000000",
  "[number]": "999999999",
  "[[...path]]": "",
  "[...nextauth]": "session",
};
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
/** They end the caller's sessions, so the next question needs a new one. */
const SIGNS_OUT = ["signOutAction", "endAllSessionsAction"];

const manifest: Record<string, string> = JSON.parse(readFileSync(join(SERVER, "app-paths-manifest.json"), "utf8"));
const built = Object.keys(manifest).filter((path) => !path.startsWith("/_"));
const addressOf = (path: string) =>
  `/${path
    .split("/")
    .slice(1, -1)
    .filter((part) => !part.startsWith("("))
    .join("/")}`;
const pages = built.filter((path) => path.endsWith("/page")).map(addressOf);
const routes = built.filter((path) => path.endsWith("/route")).map(addressOf);
type ActionEntry = { exportedName: string; workers: Record<string, unknown> };
const actions: [id: string, entry: ActionEntry][] = Object.entries(
  JSON.parse(readFileSync(join(SERVER, "server-reference-manifest.json"), "utf8")).node,
);

function fill(address: string) {
  return (
    address
      .split("/")
      .map((part) => SAMPLE[part] ?? part)
      .join("/")
      // An optional part left out leaves no slash behind: the address with one is redirected before anybody is asked.
      .replace(/\/$/, "") || "/"
  );
}

function expected(who: Who, rule: Access): Verdict {
  if (rule === PUBLIC) return "allowed";
  const role = ROLES.find((name) => name === who);
  if (!role) return "sign in";
  const actor = {
    kind: "user",
    userId: "",
    email: "",
    name: "",
    role,
    sessionId: "",
    scopes: ["read", "write"],
  } as const;
  return can(actor, rule) ? "allowed" : "forbidden";
}

const contexts = new Map<Who, APIRequestContext>();

/** People of this spec alone, with the password of the sample's. */
function addPeople() {
  const database = new Database(join(process.env.STOCKROOM_E2E_DATA ?? "", "stockroom.db"), { timeout: 10_000 });
  for (const [name, role] of [...ROLES.map((role) => [role, role]), ["disabled", "admin"], ["revoked", "admin"]]) {
    database
      .prepare(
        `INSERT INTO "User" (id, email, username, passwordHash, role, updatedAt)
         SELECT ?, ?, ?, passwordHash, ?, updatedAt FROM "User" WHERE username = 'admin' ON CONFLICT (id) DO UPDATE SET isActive = 1`,
      )
      .run(`matrix-${name}`, `matrix-${name}@example.com`, `matrix-${name}`, role);
  }
  database.close();
}

function disable(name: string) {
  const database = new Database(join(process.env.STOCKROOM_E2E_DATA ?? "", "stockroom.db"), { timeout: 10_000 });
  database.prepare(`UPDATE "User" SET isActive = 0 WHERE username = ?`).run(`matrix-${name}`);
  database.close();
}

async function signIn(playwright: Playwright, baseURL: string | undefined, who: Who) {
  const context = await playwright.request.newContext({ baseURL });
  const { csrfToken } = await (await context.get("/api/auth/csrf")).json();
  const form = { csrfToken, username: `matrix-${who}`, password: PASSWORD, json: "true" };
  const answer = await context.post("/api/auth/callback/credentials", { form });
  expect(answer.status(), await answer.text()).toBe(200);
  return { context, csrfToken };
}

/** A context that sends a session's cookie whatever the server says of it later. */
async function replay(playwright: Playwright, baseURL: string | undefined, context: APIRequestContext) {
  const { cookies } = await context.storageState();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  return playwright.request.newContext({ baseURL, extraHTTPHeaders: { cookie } });
}

test.beforeAll(async ({ playwright, baseURL }) => {
  addPeople();
  contexts.set("anonymous", await playwright.request.newContext({ baseURL }));
  for (const role of ROLES) contexts.set(role, (await signIn(playwright, baseURL, role)).context);
  const disabled = await signIn(playwright, baseURL, "disabled");
  contexts.set("disabled", await replay(playwright, baseURL, disabled.context));
  disable("disabled");
  const revoked = await signIn(playwright, baseURL, "revoked");
  contexts.set("revoked", await replay(playwright, baseURL, revoked.context));
  await revoked.context.post("/api/auth/signout", { form: { csrfToken: revoked.csrfToken, json: "true" } });
});

test.afterAll(async () => {
  for (const context of contexts.values()) await context.dispose();
});

function contextOf(who: Who) {
  const context = contexts.get(who);
  if (!context) throw new Error(`${who} has no context`);
  return context;
}

test("R60 the build holds what has a rule, and nothing else", () => {
  expect(pages.toSorted()).toEqual(Object.keys(PAGES).toSorted());
  expect(routes.toSorted()).toEqual([...new Set(Object.keys(ROUTES).map((key) => key.split(" ")[1]))].toSorted());
  expect(actions.map(([, { exportedName }]) => exportedName).toSorted()).toEqual(Object.keys(ACTIONS).toSorted());
});

for (const who of [...ROLES, ...STRANGERS]) {
  test(`R60 ${who}: every page`, async () => {
    for (const [address, rule] of Object.entries(PAGES)) {
      const answer = await contextOf(who).get(fill(address), { maxRedirects: 0 });
      const location = answer.headers().location ?? "";
      const verdict = answer.status() === 403 ? "forbidden" : location.startsWith("/sign-in") ? "sign in" : "allowed";
      expect(`${address} ${verdict}`).toBe(`${address} ${expected(who, rule)}`);
      expect(answer.status(), address).toBeLessThan(500);
    }
  });

  test(`R60 ${who}: every method of every route handler`, async () => {
    for (const address of routes) {
      for (const method of METHODS) {
        const rule = ROUTES[`${method} ${address}`] ?? (method === "HEAD" ? ROUTES[`GET ${address}`] : undefined);
        const answer = await contextOf(who).fetch(fill(address), { method, maxRedirects: 0, timeout: 10_000 });
        const name = `${method} ${address}`;
        if (rule === undefined) {
          // Next answers OPTIONS itself, with the list of methods.
          expect([405, 204], `${name} is not declared`).toContain(answer.status());
          continue;
        }
        const status = answer.status();
        const verdict = status === 401 ? "sign in" : status === 403 ? "forbidden" : "allowed";
        expect(`${name} ${verdict}`).toBe(`${name} ${expected(who, rule)}`);
        expect(status, name).toBeLessThan(500);
      }
    }
  });

  test(`R60 ${who}: every server action`, async ({ playwright, baseURL }) => {
    for (const [id, { exportedName, workers }] of actions) {
      const rule = ACTIONS[exportedName] ?? "data:purge";
      const page = fill(addressOf(`${Object.keys(workers)[0]?.replace(/^app/, "")}`));
      const answer = await contextOf(who).post(page, {
        headers: { "next-action": id, accept: "text/x-component", "content-type": "text/plain;charset=UTF-8" },
        data: "[{}]",
        maxRedirects: 0,
      });
      const code = /"ok":false,"error":\{"code":"(\w+)"/.exec(await answer.text())?.[1];
      const verdict = code === "unauthenticated" ? "sign in" : code === "forbidden" ? "forbidden" : "allowed";
      expect(`${exportedName} ${verdict}`).toBe(`${exportedName} ${expected(who, rule)}`);
      expect(code, exportedName).not.toBe("internal");
      expect(answer.status(), exportedName).toBeLessThan(500);
      const role = ROLES.find((name) => name === who);
      if (role && SIGNS_OUT.includes(exportedName)) {
        contexts.set(role, (await signIn(playwright, baseURL, role)).context);
      }
    }
  });
}

test("R60 no header and no other spelling of an address gets round the check", async ({ baseURL }) => {
  const anonymous = contextOf("anonymous");
  const disguises: Record<string, string>[] = [
    { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" },
    { rsc: "1" },
    { rsc: "1", "next-router-prefetch": "1" },
    { rsc: "1", "next-router-prefetch": "1", "next-router-segment-prefetch": "/_tree" },
    { "x-stockroom-path": "/sign-in", "x-forwarded-host": "evil.example", "x-forwarded-for": "127.0.0.1" },
  ];
  for (const [address, rule] of Object.entries(PAGES)) {
    if (rule === PUBLIC) continue;
    const path = fill(address);
    const last = path.split("/").at(-1) ?? "";
    const encoded = path.replace(last, [...last].map((c) => `%${c.charCodeAt(0).toString(16)}`).join(""));
    const attempts = [
      ...disguises.map((headers) => anonymous.get(path, { headers, maxRedirects: 0 })),
      ...[`${baseURL}/${path}`, `${path}.rsc`, `/_next/data/x${path}.json`, encoded].map((url) =>
        anonymous.get(url, { maxRedirects: 0 }),
      ),
    ];
    for (const answer of await Promise.all(attempts)) {
      const text = await answer.text();
      const isRefused = answer.status() !== 200 || text.includes("NEXT_REDIRECT;");
      expect(isRefused, `${answer.url()} ${answer.status()}`).toBe(true);
      expect(answer.headers().location ?? "", path).not.toContain("evil.example");
    }
  }
});

test("R61 a cookie from before signing out says nothing to anybody", async () => {
  const answer = await contextOf("revoked").get("/api/auth/session");
  expect(await answer.json()).toEqual({});
});

test("R64 every page has a policy with a nonce of its own", async () => {
  const nonces = new Set<string>();
  for (let n = 0; n < 100; n++) {
    const answer = await contextOf("anonymous").get("/sign-in");
    const policy = answer.headers()["content-security-policy"] ?? "";
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
    nonces.add(nonce);
    expect(policy.replace(/style-src[^;]*/, "")).not.toMatch(/unsafe/);
    const scripts = [...(await answer.text()).matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
    expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([]);
  }
  expect(nonces.size).toBe(100);
});
