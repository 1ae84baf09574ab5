import type { PayloadRequest, Where } from 'payload'

/** A car as the dashboard shows it. */
export type Newest = {
  id: string
  title: string
  status: string
  price: number
  mileage: number
  thumbnail: string | null
  listedAt: string | null
}

/** The lot at one moment, as far as the one who asks may see it. */
export type LotFigures = {
  /** Cars by status. */
  counts: Record<string, number>
  /** What all available cars are offered for, in cents; null on a lot with too many of them to add up for one screen. */
  valueCents: number | null
  /** Available cars that the public sees without a picture. */
  withoutPhotos: number
  /** Available cars that were listed before `agedBefore`. */
  aged: number
  newest: Newest[]
}

/** As many prices as one screen adds up. */
const MOST_PRICES = 5_000

export const agedCars = (before: string): Where => ({
  and: [{ status: { equals: 'available' } }, { listedAt: { less_than: before } }],
})
export const carsWithoutPhotos: Where = { and: [{ status: { equals: 'available' } }, { thumbnail: { exists: false } }] }

/** Looks the figures up with the rights of `req.user`. `agedBefore` is an instant. */
export async function lotFigures(req: PayloadRequest, statuses: readonly string[], agedBefore: string): Promise<LotFigures> {
  const [counts, valueCents, withoutPhotos, aged, newest] = await Promise.all([
    Promise.all(statuses.map(async (status) => [status, await count(req, { status: { equals: status } })] as const)),
    availableValue(req),
    count(req, carsWithoutPhotos),
    count(req, agedCars(agedBefore)),
    newestCars(req),
  ])
  return { counts: Object.fromEntries(counts), valueCents, withoutPhotos, aged, newest }
}

async function count(req: PayloadRequest, where: Where): Promise<number> {
  const { totalDocs } = await req.payload.count({ collection: 'inventory', where, req, overrideAccess: false })
  return totalDocs
}

async function availableValue(req: PayloadRequest): Promise<number | null> {
  const where: Where = { status: { equals: 'available' } }
  const { docs, hasNextPage } = await req.payload.find({
    collection: 'inventory',
    where,
    select: { price: true },
    limit: MOST_PRICES,
    depth: 0,
    req,
    overrideAccess: false,
  })
  return hasNextPage ? null : docs.reduce((sum, { price }) => sum + Math.round(price * 100), 0)
}

/** The cars that came last of those that are on the lot: a sold one has left it. */
async function newestCars(req: PayloadRequest): Promise<Newest[]> {
  const { docs } = await req.payload.find({
    collection: 'inventory',
    where: { status: { not_equals: 'sold' } },
    sort: '-listedAt',
    limit: 6,
    depth: 0,
    pagination: false,
    req,
    overrideAccess: false,
    select: { title: true, status: true, price: true, mileage: true, thumbnail: true, listedAt: true },
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
