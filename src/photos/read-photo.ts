import { buffer } from 'node:stream/consumers'
import type { Payload } from 'payload'
import { getService } from '../services.ts'

/** Reads a photo of the lot from the storage; null if its bytes are missing there. */
export async function readPhoto(
  { payload }: { payload: Payload },
  filename: string,
): Promise<Buffer | null> {
  const file = await getService(payload, 'storages').media.open(filename)
  return file ? buffer(file.stream) : null
}
