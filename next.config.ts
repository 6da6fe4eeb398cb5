import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  // The image optimizer is attack surface that a back office does not need; pictures are served as stored.
  images: { unoptimized: true },
  serverExternalPackages: ["better-sqlite3", "@prisma/adapter-better-sqlite3", "@prisma/adapter-pg", "pg"],
  experimental: { authInterrupts: true },
  typedRoutes: false,
};

export default config;
