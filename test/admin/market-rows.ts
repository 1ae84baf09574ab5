import type { Inventory } from '../../src/generated/payload-types.ts'
import { type AutoDevPeer, type PeerListing, buildPeerListing } from '../support/auto-dev-peer.ts'
import { anyVin, saveCar } from '../support/builders.ts'
import type { TestForecourt } from '../support/forecourt.ts'
import { queueJob, waitUntil } from '../support/work.ts'

/**
 * Eighteen Accords for sale whose prices fall with their miles, and one whose price is no Accord's.
 */
export function anAccordMarket(): PeerListing[] {
  const spread = [0, 350, -250, 700, -600, 150, -100, 900, -450]
  const cars = Array.from({ length: 18 }, (_, index) => {
    const miles = 16_000 + index * 1_700
    const price =
      26_400 - Math.round((miles - 16_000) * 0.09) + (spread[index % spread.length] ?? 0)
    return listingOf(price, miles)
  })
  return [...cars, listingOf(61_000, 30_500)]
}

const listingOf = (price: number, miles: number, vehicle?: object): PeerListing =>
  buildPeerListing(anyVin(), price, {
    miles,
    createdAt: new Date().toISOString(),
    ...(vehicle && { vehicle }),
  })

/** Has the peer sell so many cars of a model, a hundred dollars apart. */
export function sellsToo(peer: AutoDevPeer, model: string, count: number, from = 20_000): void {
  peer.listings.push(
    ...Array.from({ length: count }, (_, index) =>
      listingOf(from + index * 100, 30_000, { model }),
    ),
  )
}

/** Puts a car on the lot and has it compared, to the end. */
export async function analysedCar(
  forecourt: TestForecourt,
  about: Partial<Inventory> = {},
): Promise<Inventory> {
  const car = await saveCar(forecourt.payload, { mileage: 30_000, ...about })
  await analyse(forecourt, car)
  return car
}

/** Has a car compared by the worker, to the end. */
export async function analyse(forecourt: TestForecourt, { id }: Inventory): Promise<void> {
  const job = await queueJob(forecourt, 'analyse-vehicle', { car: id })
  await waitUntil(async () => {
    const { rows } = await forecourt.sql(
      `select status from job_history where job_id = $1 and status is not null`,
      [job],
    )
    return rows.length > 0
  }, `the car ${id} was analysed`)
}

/**
 * Seven weeks of a car's prices before today, as analyses and changes of our price would have left
 * them.
 */
export async function saveWeeks({ sql }: TestForecourt, { id }: Inventory): Promise<void> {
  const prices = [27_900, 27_900, 27_400, 27_400, 26_900, 26_900, 26_900]
  for (const [index, price] of prices.entries())
    await sql(
      `insert into market_price_history (inventory_id, our_price, median_market_price,
        min_market_price, sample_size, recorded_at)
       values ($1, $2, $3, $4, $5, now() - make_interval(days => $6))`,
      [
        id,
        price,
        25_600 - index * 70,
        23_400 - index * 50,
        16 + (index % 4),
        (prices.length - index) * 7,
      ],
    )
}

/** A rule that raises an alert of what is overpriced. */
export const saveRule = ({ payload }: TestForecourt, about: object = {}) =>
  payload.create({
    collection: 'market-alert-rules',
    data: {
      name: 'Far too dear',
      alertType: 'overpriced',
      thresholdPercent: 10,
      thresholdDays: 60,
      cooldownHours: 72,
      active: true,
      ...about,
    },
    overrideAccess: true,
  })
