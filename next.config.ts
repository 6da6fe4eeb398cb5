import type { NextConfig } from "next";

/**
 * Where people reach the pages. An action asked for from another page than its own (Undo in a toast, after the page is
 * left) is passed on through the server's own address, and would be taken for another site's.
 */
function ownHosts(): string[] {
  const { AUTH_URL, PORT = "3000" } = process.env;
  return [`localhost:${PORT}`, `127.0.0.1:${PORT}`, ...(AUTH_URL ? [new URL(AUTH_URL).host] : [])];
}

const config: NextConfig = {
  poweredByHeader: false,
  // The image optimizer is attack surface that a back office does not need; pictures are served as stored.
  images: { unoptimized: true },
  serverExternalPackages: ["better-sqlite3", "@prisma/adapter-better-sqlite3", "@prisma/adapter-pg", "pg", "ssh2"],
  experimental: { authInterrupts: true, serverActions: { allowedOrigins: ownHosts() } },
  typedRoutes: false,
  // "npm test" checks the types of everything, tests included; a start builds what is checked and need not wait for it.
  typescript: { ignoreBuildErrors: true },
};

export default config;
