import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { withPayload } from '@payloadcms/next/withPayload'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

/**
 * Next serves only the panel. The panel and the API share one copy of Payload: the bundle omits
 * what Node has already loaded.
 */
export default withPayload(
  {
    serverExternalPackages: [
      'payload',
      '@payloadcms/db-postgres',
      '@payloadcms/drizzle',
      'sharp',
      'pg',
      '@aws-sdk/client-s3',
      '@aws-sdk/lib-storage',
      'ssh2-sftp-client',
    ],
    turbopack: { root },
    outputFileTracingRoot: root,
    poweredByHeader: false,
    images: { unoptimized: true },
    devIndicators: false,
    /*
     * Payload's password reset form and e-mail verification page are not used and would only fail.
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
