/** The server's own answer to a request that it turned down. */
export class Refused extends Error {
  override name = "Refused";
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** What scripts are told names a token; a person signs in. */
const SIGNED_OUT = "You are signed out. Sign in again; what you typed is still here.";

/** Asks the sheet's own routes. @throws {Refused} with the server's sentence; anything else means it was not reached. */
export async function postSheet<T>(address: string, body: object): Promise<T> {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const json: unknown = await answer.json();
  // The API's one error shape (lib/route.ts), and the shape that the route gives.
  if (!answer.ok) {
    const { error } = json as { error: { code: string; message: string } };
    const isSignedOut = error.code === "unauthenticated";
    throw new Refused(error.code, isSignedOut ? SIGNED_OUT : error.message);
  }
  return json as T;
}
