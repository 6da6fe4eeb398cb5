import { SYSTEM } from "@/lib/auth/actor";
import { createApiToken, newApiToken } from "@/lib/auth/tokens";
import { parseInput } from "@/lib/failure";
import { openDatabase } from "./open-database";
import type { Outcome } from "./outcome";
import type { TokenOptions } from "./program";
import { userByLogin } from "./users";

/** Makes a token that a script signs in with; its text can't be shown again. */
export async function addToken(login: string, options: TokenOptions): Promise<Outcome> {
  await openDatabase();
  const user = await userByLogin(login);
  const wanted = parseInput(newApiToken, { days: null, ...options });
  const { id, token } = await createApiToken(SYSTEM, { ...wanted, userId: user.id });
  return {
    ok: true,
    value: { id, token, name: wanted.name, scope: wanted.scope, user: user.email },
    text: `Token for ${user.email} (${wanted.scope}), shown this once:\n${token}`,
  };
}
