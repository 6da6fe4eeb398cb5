import { z } from "zod";

export const ownPassword = z.object({
  current: z.string().min(1, "Enter your current password.").max(1_000, "That is too long for a password."),
  password: z.string().min(1, "Enter a new password.").max(1_000, "That is too long for a password."),
});

export const ofId = z.object({ id: z.string().min(1).max(64) });

export const noInput = z.object({});
