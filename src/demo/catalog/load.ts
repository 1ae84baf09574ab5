import type { Payload } from 'payload'
import { mergeStagedRows, prepareMerge, stageRows } from '../../catalog/store/merge.ts'
import { getPostgresAdapter } from '../../database/transaction.ts'
import { withTransaction } from '../../database/with-transaction.ts'
import { demoCatalog, demoEngines } from './demo-catalog.ts'
import { deleteDemoCatalog, isCatalogMissing, recordDemoCatalog, saveDemoEngines } from './store.ts'

/**
 * Fills an empty catalog with the demo models, once, if the demo has cars. Returns the number of
 * vehicle options.
 */
export async function loadDemoCatalog(payload: Payload): Promise<number> {
  const { pool } = getPostgresAdapter(payload)
  return withTransaction(pool, async (client) => {
    if (!(await isCatalogMissing(client))) return 0
    await saveDemoEngines(client, demoEngines)
    await prepareMerge(client)
    await stageRows(client, demoCatalog)
    const { options } = await mergeStagedRows(client, () => undefined)
    await recordDemoCatalog(client)
    return options
  })
}

/**
 * Removes the demo's vehicle options, and its engines and transmissions that no other option uses.
 * Returns the number of options.
 */
export async function removeDemoCatalog(payload: Payload): Promise<number> {
  return withTransaction(getPostgresAdapter(payload).pool, deleteDemoCatalog)
}
