import type { DatabaseWatch } from '../../database/watch.ts'

/** Called with the table that changed; with null if any table may have changed. */
type Invalidate = (table: string | null) => void

/**
 * Counts the changes of each table that this process knows about. The database reports every
 * committed write of any process; the process's own writes count as soon as their commit is
 * confirmed, or may have succeeded. If a version changed during a read, the result may be outdated.
 */
export class ChangeTracker {
  readonly #versions = new Map<string, number>()
  readonly #watch: DatabaseWatch
  readonly #forget: Invalidate
  #breaks = 0

  constructor(watch: DatabaseWatch, invalidate: Invalidate) {
    this.#watch = watch
    this.#forget = invalidate
    watch.on('changed', (table) => this.recordChange(table))
    watch.on('down', () => this.#miss())
    watch.on('up', () => this.#miss())
  }

  /** Whether the database reports changes; if not, no result may be cached. */
  get isListening(): boolean {
    return this.#watch.up
  }

  /**
   * A number that increases with every change of the table, and whenever changes may have been
   * missed.
   */
  version(table: string): number {
    return this.#breaks + (this.#versions.get(table) ?? 0)
  }

  recordChange(table: string): void {
    this.#versions.set(table, (this.#versions.get(table) ?? 0) + 1)
    this.#forget(table)
  }

  #miss(): void {
    this.#breaks++
    this.#forget(null)
  }
}

/** The table name of a collection, as it appears in the database's notifications. */
export function toTableName(slug: string): string {
  return slug.replaceAll('-', '_')
}
