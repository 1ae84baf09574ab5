import type { PostgresAdapter } from '@payloadcms/db-postgres'
import { findAccount } from '../access/identity.ts'
import { reportWrites, type Write } from '../database/payload-patches/reported-writes.ts'
import type { DatabaseWatch } from '../database/watch.ts'
import { buildOwnerTag } from './keys.ts'
import { EVERY_OWNER, OWNER_TABLES } from './owner-tables.ts'

/** What a cache does about changes; see `Cache`. */
type Invalidated = {
  invalidate(tags: readonly string[]): Promise<void>
  clear(): Promise<void>
}

/**
 * Tells caches which tags committed changes invalidate. The database reports every committed write
 * of any process, shortly after it. The process's own writes count as soon as their commit is
 * confirmed, or may have succeeded, and before their response. While the database cannot report
 * changes, nothing may be cached.
 */
export class ChangeFeed {
  readonly #watch: DatabaseWatch
  readonly #caches: Invalidated[] = []

  constructor(watch: DatabaseWatch, adapter: PostgresAdapter) {
    this.#watch = watch
    watch.on('changed', (tag) => void this.invalidate([tag]))
    watch.on('down', () => void this.#clear())
    watch.on('up', () => void this.#clear())
    reportWrites(adapter, { findTags: findChangedTags, report: (tags) => this.invalidate(tags) })
  }

  /** Whether the database reports changes now. */
  get isListening(): boolean {
    return this.#watch.up
  }

  /** Grows with every broken connection: what was read meanwhile may be incomplete. */
  get disconnects(): number {
    return this.#watch.disconnects
  }

  /** Keeps a cache up to date from now on. */
  connect(cache: Invalidated): void {
    this.#caches.push(cache)
  }

  async invalidate(tags: readonly string[]): Promise<void> {
    if (tags.includes(EVERY_OWNER)) return this.#clear()
    await Promise.all(this.#caches.map((cache) => cache.invalidate(tags)))
  }

  async #clear(): Promise<void> {
    await Promise.all(this.#caches.map((cache) => cache.clear()))
  }
}

/** The table name of a collection, which is also the tag of its rows. */
export function toTableName(slug: string): string {
  return slug.replaceAll('-', '_')
}

const OWNED: ReadonlySet<string> = new Set(OWNER_TABLES)

/** The table, and the owners whose rows a write of the garage changed, or a guest may have. */
function findChangedTags({ collection, data, result, req }: Write): string[] {
  const table = toTableName(collection)
  if (!OWNED.has(table)) return [table]
  const account = findAccount({ user: req.user ?? null })
  const rows = [data, ...(Array.isArray(result) ? result : [result])]
  const owners = new Set(rows.flatMap(findUserId))
  if (account && !account.garageAdmin)
    for (const owner of [account.subject, ...account.sharedVehicles.map((one) => one.owner)])
      owners.add(owner)
  return [table, ...(owners.size > 0 ? [...owners].map(buildOwnerTag) : [EVERY_OWNER])]
}

function findUserId(row: unknown): string[] {
  if (typeof row !== 'object' || row === null || !('userId' in row)) return []
  return typeof row.userId === 'string' ? [row.userId] : []
}
