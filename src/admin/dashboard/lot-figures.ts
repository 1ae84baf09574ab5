import type { PayloadRequest, Where } from 'payload'
import { amountToCents } from '../../domain/money.ts'

/** A car on the dashboard. */
export type NewestCar = {
  id: string
  title: string
  status: string
  price: number
  mileage: number
  thumbnail: string | null
  listedAt: string | null
}

/** A snapshot of the lot, limited to what the viewer may read. */
export type LotFigures = {
  /** Cars by status. */
  counts: Record<string, number>
  /**
   * The total price of all available cars, in cents; null if there are too many to add up for one
   * screen.
   */
  valueCents: number | null
  /** Available cars without a photo. */
  withoutPhotos: number
  /** Available cars that were listed before `agedBefore`. */
  aged: number
  newest: NewestCar[]
}

/** The maximum number of prices that are added up. */
const MAX_PRICES = 5_000

export const buildAgedCarsFilter = (before: string): Where => ({
  and: [{ status: { equals: 'available' } }, { listedAt: { less_than: before } }],
})
export const carsWithoutPhotos: Where = {
  and: [{ status: { equals: 'available' } }, { thumbnail: { exists: false } }],
}

/** Loads the figures with the access of `req.user`. `agedBefore` is an instant. */
export async function loadLotFigures(
  req: PayloadRequest,
  statuses: readonly string[],
  agedBefore: string,
): Promise<LotFigures> {
  const [counts, valueCents, withoutPhotos, aged, newest] = await Promise.all([
    Promise.all(
      statuses.map(
        async (status) => [status, await countCars(req, { status: { equals: status } })] as const,
      ),
    ),
    loadAvailableValue(req),
    countCars(req, carsWithoutPhotos),
    countCars(req, buildAgedCarsFilter(agedBefore)),
    loadNewestCars(req),
  ])
  return { counts: Object.fromEntries(counts), valueCents, withoutPhotos, aged, newest }
}

async function countCars(req: PayloadRequest, where: Where): Promise<number> {
  const { totalDocs } = await req.payload.count({
    collection: 'inventory',
    where,
    req,
    overrideAccess: false,
  })
  return totalDocs
}

async function loadAvailableValue(req: PayloadRequest): Promise<number | null> {
  const where: Where = { status: { equals: 'available' } }
  const { docs, hasNextPage } = await req.payload.find({
    collection: 'inventory',
    where,
    select: { price: true },
    limit: MAX_PRICES,
    depth: 0,
    req,
    overrideAccess: false,
  })
  return hasNextPage ? null : docs.reduce((sum, { price }) => sum + amountToCents(price), 0)
}

/** The newest cars on the lot, without sold ones. */
async function loadNewestCars(req: PayloadRequest): Promise<NewestCar[]> {
  const { docs } = await req.payload.find({
    collection: 'inventory',
    where: { status: { not_equals: 'sold' } },
    sort: '-listedAt',
    limit: 6,
    depth: 0,
    pagination: false,
    req,
    overrideAccess: false,
    select: {
      title: true,
      status: true,
      price: true,
      mileage: true,
      thumbnail: true,
      listedAt: true,
    },
  })
  return docs.map(({ id, title, status, price, mileage, thumbnail, listedAt }) => ({
    id: String(id),
    title: title ?? '',
    status,
    price,
    mileage,
    thumbnail: thumbnail ?? null,
    listedAt: listedAt ?? null,
  }))
}
