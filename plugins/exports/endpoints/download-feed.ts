import { Readable } from 'node:stream'
import { z } from 'zod'
import { callers } from '../../../src/api/callers.ts'
import { endpoint } from '../../../src/api/endpoint.ts'
import { describeBytes } from '../../../src/api/openapi/operation.ts'
import { generateFeed } from '../generate-feed.ts'
import { createFeedError, FEED } from './api-schemas.ts'

/** GET /api/exports/:feed/file: the file of a feed as it would be delivered now. */
export const downloadFeed = endpoint({
  method: 'get',
  path: '/exports/:feed/file',
  summary: 'Download the file of a feed as it would be delivered now',
  access: callers.managers('the files of feeds'),
  params: z.object({ feed: FEED }),
  inputErrors: { params: createFeedError },
  response: describeBytes('The file.', '*/*'),
  refusals: [400, 401, 403, 404],
  handler: async ({ req }, { params: { feed } }) => {
    const context = { payload: req.payload }
    const { body, contentType, fileName } = await generateFeed(context, feed, { now: new Date() })
    const safeName = fileName.replaceAll(/[^\w.-]/g, '_')
    return new Response(Readable.toWeb(body) as ReadableStream, {
      headers: {
        'content-type': contentType,
        'content-disposition': `attachment; filename="${safeName}"`,
      },
    })
  },
})
