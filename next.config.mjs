/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  // Titles come with the page's head, not after it: also without script, and never gone while it is drawn again.
  htmlLimitedBots: /.*/,
  // `npm run check` reads the types; building for someone who only wants to run it need not.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: [
    'postgres',
    'pg-boss',
    'pino',
    'prom-client',
    'better-auth',
    'drizzle-orm',
    'date-holidays',
  ],
  turbopack: { root: import.meta.dirname },
}
