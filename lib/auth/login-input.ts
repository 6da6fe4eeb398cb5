import { z } from "zod";

/** Who wants in: by e-mail or username, in any case. Longer values are none of ours and not worth hashing. */
const login = z
  .string("Enter your e-mail or username.")
  .trim()
  .toLowerCase()
  .min(1, "Enter your e-mail or username.")
  .max(254, "That is too long for a name.");
const password = z
  .string("Enter your password.")
  .min(1, "Enter your password.")
  .max(1_000, "That is too long for a password.");

export const credentials = z.object({ login, password });
export type Credentials = z.output<typeof credentials>;

/** The same as scripts send it: `email` or `username`. */
export const tokenRequest = z
  .object({ email: login.optional(), username: login.optional(), login: login.optional(), password })
  .transform(({ email, username, login: either, password: secret }, context) => {
    const name = either ?? email ?? username;
    if (name) return { login: name, password: secret };
    context.addIssue({ code: "custom", path: ["email"], message: "Send `email` or `username`." });
    return z.NEVER;
  });

export const signInForm = credentials.extend({ next: z.string().max(2_000).catch("/") });
