import type { FileStorage } from './file-storage.ts'

/**
 * A storage whose files are still being moved from another one: it writes to `primary`, and reads a
 * file from `secondary` until that has been moved.
 */
export const withFallback = (primary: FileStorage, secondary: FileStorage): FileStorage => ({
  ...primary,
  // The last try finds a file that was moved after the first one.
  head: async (key) =>
    (await primary.head(key)) ?? (await secondary.head(key)) ?? (await primary.head(key)),
  open: async (key, range) =>
    (await primary.open(key, range)) ??
    (await secondary.open(key, range)) ??
    (await primary.open(key, range)),
  // In this order: a move that stored a file in the meantime finds that it is gone, see moveFile.
  remove: async (key) => {
    await secondary.remove(key)
    await primary.remove(key)
  },
})
