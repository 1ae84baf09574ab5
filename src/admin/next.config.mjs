import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { withPayload } from '@payloadcms/next/withPayload'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

/** Next serves the panel alone. One copy of Payload serves it and the API: what the bundle leaves out, Node already has. */
export default withPayload(
  {
    serverExternalPackages: ['payload', '@payloadcms/db-postgres', '@payloadcms/drizzle', 'sharp', 'pg'],
    turbopack: { root },
    outputFileTracingRoot: root,
    poweredByHeader: false,
    images: { unoptimized: true },
    devIndicators: false,
    typescript: { ignoreBuildErrors: true },
  },
  { devBundleServerPackages: false },
)
