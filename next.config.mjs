/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // Crash tests have a build of their own; see lib/fail-points.ts.
  env: { LINEDESK_FAIL_POINTS: "off" },
  serverExternalPackages: [
    "twilio",
    "pino",
    "@node-rs/argon2",
    "pg",
    "pg-boss",
    "prom-client",
    "@prisma/adapter-pg",
    "@prisma/client",
  ],
  async headers() {
    return [
      {
        source: "/:path*",
        headers: [
          { key: "X-Content-Type-Options", value: "nosniff" },
          { key: "Referrer-Policy", value: "same-origin" },
          { key: "Content-Security-Policy", value: "frame-ancestors 'none'" },
        ],
      },
    ];
  },
};
