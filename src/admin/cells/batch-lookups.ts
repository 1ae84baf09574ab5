/** Finds one item by its key; undefined if it does not exist or the viewer may not read it. */
export type Lookup<Found> = (key: string) => Promise<Found | undefined>

/**
 * Batches the lookups of all cells on a page: keys that are requested in the same turn of the event
 * loop are read together, each once.
 */
export function batchLookups<Found>(
  loadMany: (keys: string[]) => Promise<Map<string, Found>>,
): Lookup<Found> {
  const found = new Map<string, Promise<Map<string, Found>>>()
  let batch: { keys: string[]; answer: Promise<Map<string, Found>> } | null = null
  const startBatch = () => {
    const keys: string[] = []
    const answer = new Promise((resolve) => setImmediate(resolve)).then(() => {
      batch = null
      return loadMany(keys)
    })
    return { keys, answer }
  }
  return async (key) => {
    const earlier = found.get(key)
    if (earlier) return (await earlier).get(key)
    batch ??= startBatch()
    batch.keys.push(key)
    found.set(key, batch.answer)
    return (await batch.answer).get(key)
  }
}
