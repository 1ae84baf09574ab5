import type { FileStorage } from './file-storage.ts'

/** A storage that is opened with its first use. */
export function createLazyStorage(label: string, open: () => Promise<FileStorage>): FileStorage {
  let opened: Promise<FileStorage> | undefined
  const get = () => (opened ??= open())
  return {
    label,
    put: async (key, source) => (await get()).put(key, source),
    head: async (key) => (await get()).head(key),
    open: async (key, range) => (await get()).open(key, range),
    remove: async (key) => (await get()).remove(key),
    async *list() {
      yield* (await get()).list()
    },
    removeLeftovers: async (before) => (await get()).removeLeftovers(before),
  }
}
