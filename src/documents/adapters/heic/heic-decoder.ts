import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { HEIC_RESULT, type HeicResult } from './messages.ts'

/** The program of the thread, which Node reads as it is, also from a bundle. */
const THREAD = path.join(path.dirname(fileURLToPath(import.meta.url)), 'thread.ts')

/** Not imported, because the build of the panel would try to bundle the thread. */
const threads = process.getBuiltinModule('node:worker_threads')

/** A photo of 50 megapixels takes a few seconds on a slow machine. */
const TIMEOUT_MS = 60_000
const MAX_HEAP_MB = 256

type DecodeOptions = { maxPixels: number; timeoutMs?: number }

/**
 * Decodes a HEIC image in a thread, which sharp cannot. Resolves to its pixels, or to why there are
 * none; never rejects.
 */
function decodeHeic(
  bytes: Uint8Array,
  { maxPixels, timeoutMs = TIMEOUT_MS }: DecodeOptions,
): Promise<HeicResult> {
  return new Promise((resolve) => {
    const thread = new threads.Worker(THREAD, {
      workerData: { bytes, maxPixels },
      env: {},
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    })
    const end = (result: HeicResult) => {
      clearTimeout(timer)
      resolve(result)
      void thread.terminate()
    }
    const timer = setTimeout(() => end({ problem: 'It took too long.' }), timeoutMs)
    thread.once('message', (message) => end(HEIC_RESULT.parse(message)))
    thread.once('error', ({ message }) => end({ problem: message }))
    thread.once('exit', (code) => end({ problem: `The thread ended with ${code}.` }))
  })
}

/** Decodes one HEIC image after the other, because each takes hundreds of megabytes. */
export class HeicDecoder {
  #last: Promise<unknown> = Promise.resolve()

  /** As `decodeHeic`, after those that came before. */
  decode(bytes: Uint8Array, options: DecodeOptions): Promise<HeicResult> {
    const decoding = this.#last.then(() => decodeHeic(bytes, options))
    this.#last = decoding
    return decoding
  }
}
