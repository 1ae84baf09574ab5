import type { Payload } from 'payload'
import type { CacheEntry, Stamp } from '../cache/cache.ts'
import type { ChangeFeed } from '../cache/changes.ts'
import { createMemoryCache } from '../cache/memory.ts'
import { getPostgresAdapter } from '../database/transaction.ts'
import type { Stock } from './domain/stock.ts'
import { loadStock } from './store/stock.ts'

declare module '../services.ts' {
  interface Services {
    stockCache: StockCache
  }
}

const STOCK_BYTES = 256_000_000
/** About what one car takes, most of it its text. */
const CAR_BYTES = 1_000

const ENTRY: CacheEntry = {
  key: { name: 'public-site:stock', seconds: 3_600 },
  field: 'cars',
  tags: ['inventory'],
}

/**
 * The cars on show in the memory of this process, until one of them changes: searches and facets
 * need all of them. It is loaded once for concurrent requests; those after a change wait for the
 * next load. 100,000 cars are estimated at 100 MB; more than 256 MB are not kept. Until it is
 * connected to a feed of changes, it caches nothing.
 */
export class StockCache {
  readonly #cache = createMemoryCache<Stock>({
    bytes: STOCK_BYTES,
    computeSize: (stock) => CAR_BYTES * stock.cars.length,
  })
  #changes: ChangeFeed | null = null
  #loading: { stamp: Stamp; stock: Promise<Stock> } | null = null

  /** Begins to cache. */
  connect(changes: ChangeFeed): void {
    this.#changes = changes
    changes.connect(this.#cache)
  }

  /** Loads the cars on show, as they are after the last committed change. */
  async load(payload: Payload): Promise<Stock> {
    const { drizzle } = getPostgresAdapter(payload)
    if (!this.#changes?.isListening) return loadStock(drizzle)
    const disconnects = this.#changes.disconnects
    const { value, stamp } = await this.#cache.get(ENTRY)
    if (value) return value
    if (stamp === null) return loadStock(drizzle)
    if (this.#loading?.stamp === stamp) return this.#loading.stock
    const stock = loadStock(drizzle)
    this.#loading = { stamp, stock }
    try {
      const loaded = await stock
      if (this.#changes.disconnects === disconnects) await this.#cache.set(ENTRY, loaded, stamp)
      return loaded
    } finally {
      if (this.#loading.stock === stock) this.#loading = null
    }
  }
}
