import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  // The image optimizer is attack surface that a back office does not need; pictures are served as stored.
  images: { unoptimized: true },
  serverExternalPackages: ["better-sqlite3", "@prisma/adapter-better-sqlite3", "@prisma/adapter-pg", "pg", "ssh2"],
  experimental: { authInterrupts: true },
  typedRoutes: false,
  // "npm test" checks the types of everything, tests included; a start builds what is checked and need not wait for it.
  typescript: { ignoreBuildErrors: true },
};

export default config;
