import { createHash, type Hash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { SourceFailed } from './s3-error.ts'

/** The ETag of an object in S3: an MD5, or one of several parts, such as `9b2c…-3`. */
const ETAG = /^[0-9a-f]{32}(?:-\d+)?$/

/**
 * Computes the ETag that S3 gives an object which is uploaded in parts of `partSize` bytes: the MD5
 * of its bytes if it fits into one part, else the MD5 of the MD5s of its parts and their number.
 */
export class EtagHasher {
  readonly #partSize: number
  readonly #parts: Buffer[] = []
  #hash: Hash = createHash('md5')
  #bytes = 0

  constructor(partSize: number) {
    this.#partSize = partSize
  }

  /** Passes the bytes of a file on and hashes them. Throws SourceFailed if they cannot be read. */
  async *watch(source: Readable): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of source as AsyncIterable<Buffer>) {
        this.#update(chunk)
        yield chunk
      }
    } catch (error) {
      throw new SourceFailed(error)
    }
  }

  /** Whether this is the ETag of the watched bytes, or is not a hash of bytes at all. */
  matches(etag: string | undefined): boolean {
    const stored = etag?.replaceAll('"', '').toLowerCase() ?? ''
    return !ETAG.test(stored) || stored === this.#digest()
  }

  #update(chunk: Buffer): void {
    for (let start = 0; start < chunk.length;) {
      if (this.#bytes === this.#partSize) this.#endPart()
      const piece = chunk.subarray(start, start + this.#partSize - this.#bytes)
      this.#hash.update(piece)
      this.#bytes += piece.length
      start += piece.length
    }
  }

  #endPart(): void {
    this.#parts.push(this.#hash.digest())
    this.#hash = createHash('md5')
    this.#bytes = 0
  }

  #digest(): string {
    const last = this.#hash.copy().digest()
    if (this.#parts.length === 0) return last.toString('hex')
    const all = Buffer.concat([...this.#parts, last])
    return `${createHash('md5').update(all).digest('hex')}-${this.#parts.length + 1}`
  }
}
