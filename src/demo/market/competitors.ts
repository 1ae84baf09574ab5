import type { Payload } from 'payload'
import { runInTransaction } from '../transaction.ts'
import { DEMO_NOTE, type DemoDealer, demoDealers } from './dealers.ts'
import { getInventoryPath } from './site.ts'
import { buildDealerCars } from './stock.ts'
import { deleteTraces, listDemoCompetitors, recordDemoCompetitor, recordMarket } from './store.ts'

/**
 * Creates the demo competitors with their pages at `origin`, all of them or none. Returns their
 * IDs.
 */
export const createDemoCompetitors = (payload: Payload, origin: string): Promise<string[]> =>
  runInTransaction(payload, async (tx) => {
    const ids: string[] = []
    for (const dealer of demoDealers) {
      const { id } = await payload.create({
        collection: 'competitors',
        data: buildRow(dealer, origin),
        depth: 0,
        overrideAccess: true,
        req: tx,
      })
      await recordDemoCompetitor(tx, id)
      ids.push(id)
    }
    return ids
  })

const buildRow = ({ name, row }: DemoDealer, origin: string) => ({
  ...row,
  inventoryUrl: `${origin}${getInventoryPath(name)}`,
  notes: DEMO_NOTE,
  active: true,
})

/**
 * Turns the demo competitors off, so that the nightly scraper does not look for their pages.
 * `isComplete` records that their month was read.
 */
export const stopWatching = (
  payload: Payload,
  ids: readonly string[],
  { isComplete }: { isComplete: boolean },
): Promise<void> =>
  runInTransaction(payload, async (tx) => {
    await payload.update({
      collection: 'competitors',
      where: { id: { in: [...ids] } },
      data: { active: false },
      depth: 0,
      overrideAccess: true,
      req: tx,
    })
    if (isComplete) await recordMarket(tx)
  })

/**
 * Removes the competitors that the demo created, with their cars and everything that was recorded
 * about them. Returns the number of competitors that still existed.
 */
export async function removeDemoCompetitors(payload: Payload): Promise<number> {
  const vins = buildDealerCars().map(({ vin }) => vin)
  let removed = 0
  for (const id of await listDemoCompetitors(payload))
    removed += await runInTransaction(payload, async (tx) => {
      await deleteTraces(tx, id, vins)
      const { docs } = await payload.delete({
        collection: 'competitors',
        where: { id: { equals: id } },
        depth: 0,
        overrideAccess: true,
        req: tx,
      })
      return docs.length
    })
  return removed
}
