import { createHash } from 'node:crypto'

/** Random numbers that are the same for the same text: from 0 to below 1, and whole ones. */
export type Random = {
  next: () => number
  /** A whole number from `min` to `max`, both included. */
  pick: (min: number, max: number) => number
}

/** Creates random numbers from a text (mulberry32, seeded with its SHA-256). */
export function createRandom(text: string): Random {
  let state = createHash('sha256').update(text).digest().readUInt32LE()
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return { next, pick: (min, max) => min + Math.floor(next() * (max - min + 1)) }
}
