import { postgresAdapter } from '@payloadcms/db-postgres'
import express from 'express'
import { buildConfig, getPayload, handleEndpoints } from 'payload'

/**
 * The least that serves a table with Payload on Express: `bare-payload.ts DATABASE_URL PORT`. The
 * table is there already.
 */
const [connectionString = '', port = ''] = process.argv.slice(2)

const config = buildConfig({
  secret: 'a secret of a bench that nobody else uses',
  db: postgresAdapter({ pool: { connectionString }, push: false, idType: 'uuid' }),
  collections: [
    {
      slug: 'inventory',
      access: { read: () => true },
      fields: [
        { name: 'title', type: 'text' },
        { name: 'price', type: 'number' },
      ],
    },
  ],
  telemetry: false,
})
await getPayload({ config })

const app = express()
app.use('/api', async (req, res) => {
  const request = new Request(new URL(req.originalUrl, `http://127.0.0.1:${port}`))
  const response = await handleEndpoints({ config, request })
  res
    .status(response.status)
    .setHeaders(response.headers)
    .send(Buffer.from(await response.arrayBuffer()))
})
app.listen(Number(port), '127.0.0.1')
