import { performance } from 'node:perf_hooks'
import pg from 'pg'
import { importCatalogFile } from '../../src/catalog/import-file.ts'
import { buildPoolOptions } from '../../src/database/pool.ts'

/** What an import added, how long it took, and how much memory of its process it needed. */
export type MeasuredImport = { added: number; seconds: number; megabytes: number }

/**
 * One import of the bench, a process of its own: `catalog-import.ts DATABASE_URL FILE`. Tells the
 * process that made it what it took.
 */
const [url = '', file = ''] = process.argv.slice(2)
const pool = new pg.Pool(buildPoolOptions(url, { max: 2, idleSeconds: 10 }))
await pool.query('select 1')
const before = process.memoryUsage.rss()
const began = performance.now()
const { added } = await importCatalogFile({ file, pool, now: new Date(), print: () => undefined })
const seconds = (performance.now() - began) / 1000
const megabytes = (process.resourceUsage().maxRSS * 1024 - before) / 1_000_000
await pool.end()
process.send?.({ added, seconds, megabytes } satisfies MeasuredImport)
process.disconnect()
