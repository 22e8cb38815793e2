/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  serverExternalPackages: ['postgres'],
  turbopack: { root: new URL('../..', import.meta.url).pathname },
}
