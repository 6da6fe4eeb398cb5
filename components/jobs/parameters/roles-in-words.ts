import type { Role } from "@/prisma/generated/sqlite/enums";

const WORDS: Record<Role, string> = { staff: "staff", manager: "managers", admin: "admins" };

/** "Managers and admins", "Everybody". */
export function rolesInWords(roles: readonly Role[]): string {
  if (roles.length === Object.keys(WORDS).length) return "Everybody";
  const words = roles.map((role) => WORDS[role]).join(" and ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
