import type { PayloadRequest } from 'payload'
import type { FeedName } from '../domain/feed-names.ts'

/** What one feed says about one car instead; the price is a decimal. */
export type OverrideInput = {
  car: string
  feed: FeedName
  excluded: boolean
  title: string | null
  price: number | null
}

/** Saves what one feed says about one car instead; deletes the row if it says nothing. */
export async function saveOverride(req: PayloadRequest, input: OverrideInput): Promise<void> {
  const { car, feed, ...data } = input
  const collection = 'feed-overrides'
  const { docs } = await req.payload.find({
    collection,
    where: { car: { equals: car }, feed: { equals: feed } },
    limit: 1,
    depth: 0,
    overrideAccess: false,
    req,
  })
  const id = docs[0]?.id
  const saysNothing = !data.excluded && !data.title && data.price === null
  if (id === undefined && saysNothing) return
  if (id === undefined)
    await req.payload.create({ collection, data: input, overrideAccess: false, req })
  else if (saysNothing) await req.payload.delete({ collection, id, overrideAccess: false, req })
  else await req.payload.update({ collection, id, data, overrideAccess: false, req })
}
