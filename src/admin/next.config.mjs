import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { withPayload } from '@payloadcms/next/withPayload'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

/**
 * Next serves the panel alone. One copy of Payload serves it and the API: what the bundle leaves
 * out, Node already has.
 */
export default withPayload(
  {
    serverExternalPackages: [
      'payload',
      '@payloadcms/db-postgres',
      '@payloadcms/drizzle',
      'sharp',
      'pg',
    ],
    turbopack: { root },
    outputFileTracingRoot: root,
    poweredByHeader: false,
    images: { unoptimized: true },
    devIndicators: false,
    /*
     * Payload's form for a reset by e-mail, and its page that verifies an address: neither is used,
     * and both could only fail.
     */
    redirects: () =>
      Promise.resolve(
        ['/admin/reset/:token', '/admin/:collection/verify/:token'].map((source) => ({
          source,
          destination: '/admin/forgot',
          permanent: false,
        })),
      ),
    typescript: { ignoreBuildErrors: true },
  },
  { devBundleServerPackages: false },
)
