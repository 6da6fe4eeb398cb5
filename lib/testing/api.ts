import { SYSTEM } from "@/lib/auth/actor";
import { createApiToken } from "@/lib/auth/tokens";
import { transaction } from "@/lib/db/client";
import { refreshSearch } from "@/lib/search/refresh-search";
import type { Role } from "@/prisma/generated/sqlite/enums";
import { createUser } from "./factories";

type Handler = (request: Request, context: { params: Promise<unknown> }) => Promise<Response>;
interface Call {
  params?: Record<string, string>;
  query?: Record<string, string | number | string[]> | string;
  /** Sent as JSON; a text goes as it is. */
  body?: unknown;
  headers?: Record<string, string>;
}

/** Calls a route handler as a script of somebody with this role does, with a token of theirs. */
export async function apiCaller(role: Role, scope: "read" | "write" = "write") {
  const user = await createUser(role);
  const { token } = await createApiToken(SYSTEM, { userId: user.id, name: "Test", scope });
  return async (handler: Handler, call: Call = {}) => {
    const { status, headers, text } = await callRoute(handler, {
      ...call,
      headers: { authorization: `Bearer ${token}`, ...call.headers },
    });
    return { status, headers, json: text === "" ? undefined : (JSON.parse(text) as unknown) };
  };
}

/** Calls a route handler as anybody. */
export async function callRoute(handler: Handler, { params = {}, query = {}, body, headers }: Call = {}) {
  const url = new URL("http://localhost/api");
  if (typeof query === "string") url.search = query;
  else {
    for (const [name, value] of Object.entries(query)) {
      for (const one of [value].flat()) url.searchParams.append(name, String(one));
    }
  }
  const sent = body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body);
  const request = new Request(url, { method: sent === undefined ? "GET" : "POST", body: sent, headers });
  const response = await handler(request, { params: Promise.resolve(params) });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

let announced = 0;

/** What comes with every change that is not made by a factory: caches are dropped, and the search finds these products. */
export async function announceChanges(...productIds: string[]) {
  announced += 1;
  await transaction(async (tx) => {
    await refreshSearch(tx, productIds);
    // Emptying the tables takes the versions back to 0; a cache must not take a later test's for its own.
    await tx.catalogueVersion.updateMany({ data: { version: announced * 1_000 } });
  });
}
