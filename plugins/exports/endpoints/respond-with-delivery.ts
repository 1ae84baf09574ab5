import { Readable } from 'node:stream'
import type { ReadableStream as ByteStream } from 'node:stream/web'
import { APIError, type PayloadRequest } from 'payload'
import { isKnownTag } from '../../../src/domain/entity-tag.ts'
import { getService } from '../../../src/services.ts'
import { DeliveryFailure } from '../domain/delivery-failure.ts'
import { openDelivery } from '../runs/stored-files.ts'
import type { Delivery } from '../store/deliveries.ts'

const TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  xml: 'application/xml; charset=utf-8',
  zip: 'application/zip',
}

/** Responds with the file of a delivery as a download, whose ETag is its SHA-256; or with a 304. */
export async function respondWithDelivery(
  req: PayloadRequest,
  delivery: Delivery,
): Promise<Response> {
  const fileName = delivery.fileName ?? 'feed'
  const headers = new Headers({
    'content-type': TYPES[fileName.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
    'content-disposition': `attachment; filename="${fileName.replaceAll(/[^\w.-]/g, '_')}"`,
    'cache-control': 'private, no-cache',
    etag: `"${delivery.sha256}"`,
    'x-content-type-options': 'nosniff',
    ...(delivery.finishedAt && { 'last-modified': new Date(delivery.finishedAt).toUTCString() }),
  })
  if (isKnownTag(req.headers.get('if-none-match'), `"${delivery.sha256}"`))
    return new Response(null, { status: 304, headers })
  const file = await openFile(req, delivery)
  headers.set('content-length', String(delivery.bytes))
  const body = Readable.toWeb(file) as ByteStream<Uint8Array> as ReadableStream
  return new Response(body, { headers })
}

/** Opens the file of a delivery. Throws a 404 if it is gone. */
async function openFile(req: PayloadRequest, delivery: Delivery): Promise<Readable> {
  try {
    return await openDelivery(getService(req.payload, 'storages').feeds, delivery)
  } catch (error) {
    if (error instanceof DeliveryFailure) throw new APIError(error.message, 404, undefined, true)
    throw error
  }
}
