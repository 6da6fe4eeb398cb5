import type { Role } from "@/prisma/generated/sqlite/enums";

declare module "next-auth" {
  /** What `authorize` gives and the `jwt` callback keeps. */
  interface User {
    id: string;
    sid: string;
    version: number;
  }
  interface Session {
    /** Missing once the session no longer holds. */
    user?: { id: string; email: string; name: string; role: Role; sid: string };
    /** The database could not be asked: neither signed in nor signed out. */
    isUnavailable?: boolean;
  }
}
