import { pipeline } from 'node:stream/promises'
import type { Duplex, Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { EgressFailure } from './failure.ts'

const DECODERS: Readonly<Record<string, () => Duplex>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
}

/**
 * Reads and decodes a body of at most `maxBytes` bytes, before and after decoding. Counts while it
 * reads, so that memory is limited for a page of any size. Throws EgressFailure.
 */
export async function readBody(
  body: Readable,
  encoding: string,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Buffer> {
  const decoders = encoding
    .toLowerCase()
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '' && one !== 'identity')
  if (decoders.length > 1 || decoders.some((one) => !Object.hasOwn(DECODERS, one)))
    throw new EgressFailure(
      'network',
      `The response is encoded as ${encoding.slice(0, 40)}, which is not supported.`,
    )
  const chunks: Buffer[] = []
  const keep = async (source: AsyncIterable<Buffer>) => {
    for await (const chunk of limitBytes(maxBytes)(source)) chunks.push(chunk)
  }
  const decoder = DECODERS[decoders[0] ?? '']?.()
  await (decoder
    ? pipeline(body, limitBytes(maxBytes), decoder, keep, { signal })
    : pipeline(body, keep, { signal }))
  return Buffer.concat(chunks)
}

const limitBytes = (maxBytes: number) =>
  async function* (source: AsyncIterable<Buffer>) {
    let bytes = 0
    for await (const chunk of source) {
      bytes += chunk.length
      if (bytes > maxBytes)
        throw new EgressFailure(
          'too large',
          `The response is larger than ${maxBytes} bytes and was not read to the end.`,
        )
      yield chunk
    }
  }
