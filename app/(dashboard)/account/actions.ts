"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { action } from "@/lib/action";
import { currentActor } from "@/lib/auth/current-actor";
import { clearSessionCookie, currentDevice, setSessionCookie } from "@/lib/auth/session-cookie";
import { createApiToken, newApiToken, revokeApiToken } from "@/lib/auth/tokens";
import { noInput, ofId, ownPassword } from "@/lib/users/account-input";
import { changeOwnPassword } from "@/lib/users/change-user";
import { endAllSessions, endSession } from "@/lib/users/end-sessions";

export const changePasswordAction = action("account:own", ownPassword, async (actor, input) => {
  await setSessionCookie(await changeOwnPassword(actor, input, await currentDevice()));
  revalidatePath("/account");
});

export const endSessionAction = action("account:own", ofId, async (actor, input) => {
  await endSession(actor, input);
  revalidatePath("/account");
});

export const endAllSessionsAction = action("account:own", noInput, async (actor) => {
  await endAllSessions(actor);
  await clearSessionCookie();
  redirect("/sign-in");
});

export const createTokenAction = action("account:own", newApiToken, async (actor, input) => {
  const { token } = await createApiToken(actor, input);
  revalidatePath("/account");
  return { token };
});

export const revokeTokenAction = action("account:own", ofId, async (actor, input) => {
  await revokeApiToken(actor, input);
  revalidatePath("/account");
});

/** Ends this device's session; somebody who has none any more is simply sent to sign in. */
export async function signOutAction() {
  const actor = await currentActor();
  if (actor?.sessionId) await endSession(actor, { id: actor.sessionId });
  await clearSessionCookie();
  redirect("/sign-in");
}
