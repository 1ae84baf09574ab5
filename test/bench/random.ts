/** Random numbers that follow from a seed, so that a bench measures the same markets every time. */
export type Random = {
  /** From 0 up to 1. */
  share: () => number
  /** Uniform between two numbers. */
  between: (low: number, high: number) => number
  /** Of the standard normal distribution. */
  normal: () => number
  /** One of several, each with its weight. */
  pick: <Item>(items: readonly [Item, ...Item[]], weigh: (item: Item) => number) => Item
}

export function createRandom(seed: number): Random {
  let state = seed
  // mulberry32
  const share = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    share,
    between: (low, high) => low + (high - low) * share(),
    normal: () => Math.sqrt(-2 * Math.log(1 - share())) * Math.cos(2 * Math.PI * share()),
    pick: (items, weigh) => {
      let rest = share() * items.reduce((sum, item) => sum + weigh(item), 0)
      return items.find((item) => (rest -= weigh(item)) < 0) ?? items[0]
    },
  }
}
