/**
 * Decodes one HEIC image, in a thread of its own: it takes seconds and hundreds of megabytes, which
 * are free again when the thread ends. The bundle of the server leaves it as it is: Node reads this
 * file.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { all } from 'heic-decode'
import { HEIC_TASK, type HeicResult } from './messages.ts'

const result = await decode().catch((error: unknown): HeicResult => ({
  problem: error instanceof Error ? error.message : String(error),
}))
parentPort?.postMessage(result, 'pixels' in result ? [result.pixels.buffer] : [])

/** Decodes the main image. Its size is known before it is decoded. */
async function decode(): Promise<HeicResult> {
  const { bytes, maxPixels } = HEIC_TASK.parse(workerData)
  const [image] = await all({ buffer: bytes })
  if (!image) return { problem: 'The file has no image.' }
  const pixelCount = image.width * image.height
  if (pixelCount > maxPixels) return { pixelCount }
  const { width, height, data } = await image.decode()
  return { width, height, pixels: new Uint8Array(data.buffer) }
}
