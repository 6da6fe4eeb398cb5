"use server";

import { redirect } from "next/navigation";
import { settle } from "@/lib/action";
import { signInForm } from "@/lib/auth/login-input";
import { safeNextPath } from "@/lib/auth/next-path";
import { currentDevice, setSessionCookie } from "@/lib/auth/session-cookie";
import { signIn } from "@/lib/auth/sign-in";
import { type Failure, parseInput } from "@/lib/failure";

export type SignInState = { ok: false; error?: Failure; login: string };

/** A form's action, so that signing in works before any script has loaded. */
export async function signInAction(_before: SignInState, form: FormData): Promise<SignInState> {
  const given: Record<string, unknown> = form instanceof FormData ? Object.fromEntries(form) : {};
  const result = await settle(async () => {
    const { next, ...who } = parseInput(signInForm, given);
    await setSessionCookie(await signIn(who, await currentDevice()));
    redirect(safeNextPath(next));
  });
  return { ok: false, error: result.ok ? undefined : result.error, login: String(given.login ?? "") };
}
