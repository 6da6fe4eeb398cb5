import { unstable_rethrow } from "next/navigation";
import type { Result } from "@/lib/action";

/**
 * An action's answer, or, where none came, a refusal that says so: thrown on, it would put an error page in the place
 * of the form, and what was typed would be gone with it.
 */
export async function answerOf<T>(asked: Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await asked;
  } catch (error) {
    unstable_rethrow(error);
    return {
      ok: false,
      error: { code: "unavailable", message: "The server can't be reached. What you typed is kept; try again." },
    };
  }
}
