import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { getSystemErrorCode } from '../../src/domain/system-error.ts'

/** What a reader saw: how often it read, how often there was no file, and the hashes of all. */
export type Seen = {
  reads: number
  missing: number
  hashes: Set<string>
}

export type FeedReader = { stop: () => Promise<Seen> }

const PAUSE_MS = 15

/** Reads a file again and again until it is stopped. */
export function readRepeatedly(file: string): FeedReader {
  const seen: Seen = { reads: 0, missing: 0, hashes: new Set() }
  const state = { isStopped: false }
  const read = async () => {
    while (!state.isStopped) {
      await readOnce(file, seen)
      await sleep(PAUSE_MS)
    }
  }
  const reading = read()
  return {
    stop: async () => {
      state.isStopped = true
      await reading
      return seen
    },
  }
}

async function readOnce(file: string, seen: Seen): Promise<void> {
  seen.reads++
  const bytes = await readFile(file).catch((error: unknown) => {
    if (getSystemErrorCode(error) === 'ENOENT') return null
    throw error
  })
  if (bytes) seen.hashes.add(createHash('sha256').update(bytes).digest('hex'))
  else seen.missing++
}
