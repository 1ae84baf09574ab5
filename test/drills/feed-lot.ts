import { withCheckDigit } from '../../src/domain/vin.ts'
import { seedCars } from '../bench/seed.ts'
import { enterDealership } from '../support/feeds.ts'
import { runAsOwner } from './as-owner.ts'
import type { DrillDatabase } from './database.ts'
import type { Receiver } from './feed-receivers.ts'

/** So many that the file of a feed is several megabytes, which takes a while to send. */
const CARS = 5_000

/** Fills the lot with cars that every feed lists, and enters the servers of the feeds. */
export async function fillLot(
  database: DrillDatabase,
  receivers: readonly Receiver[],
): Promise<void> {
  await seedCars(database.ownerUrl, 1, CARS)
  const vins = Array.from({ length: CARS }, (_, n) =>
    withCheckDigit(`1HGCV1F30MA${String(n + 1).padStart(6, '0')}`),
  )
  await runAsOwner(database, async (client) => {
    await client.query(CORRECT_CARS, [vins])
    await enterDealership({ sql: (statement, values) => client.query(statement, values) })
    for (const { feed, delivery, port, user, remoteFolder, hostKey } of receivers)
      await client.query(ENTER_SERVER, [feed, delivery, port, user, remoteFolder, hostKey])
  })
}

const CORRECT_CARS = `
  update inventory set vin = new.vin, year = 2021, make = 'Honda', model = 'Accord'
  from unnest($1::text[]) with ordinality as new (vin, n) where stock_number = 'S' || new.n`

const ENTER_SERVER = `
  update export_feeds set delivery = $2, host = '127.0.0.1', port = $3, user_name = $4,
    folder = $5, host_key = $6 where feed = $1`

/** Changes every price, so that the next file of each feed is another one. */
export async function raisePrices(database: DrillDatabase): Promise<void> {
  await runAsOwner(database, (client) => client.query('update inventory set price = price + 1'))
}
