/** Finds one thing by its key; undefined when there is none, or none that the asker may know. */
export type Ask<Found> = (key: string) => Promise<Found | undefined>

/** One question for all the cells of a page: keys that are asked for in one go are looked up in one go, each once. */
export function askTogether<Found>(lookUp: (keys: string[]) => Promise<Map<string, Found>>): Ask<Found> {
  const found = new Map<string, Promise<Map<string, Found>>>()
  let together: { keys: string[]; answer: Promise<Map<string, Found>> } | null = null
  const begin = () => {
    const keys: string[] = []
    const answer = new Promise((resolve) => setImmediate(resolve)).then(() => {
      together = null
      return lookUp(keys)
    })
    return { keys, answer }
  }
  return async (key) => {
    const earlier = found.get(key)
    if (earlier) return (await earlier).get(key)
    together ??= begin()
    together.keys.push(key)
    found.set(key, together.answer)
    return (await together.answer).get(key)
  }
}
