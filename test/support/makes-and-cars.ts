import type { CollectionConfig } from 'payload'
import type { SmallPayload } from './patched-payload.ts'

/** A small collection of makes with a joined list of their cars. */
export const MAKES_AND_CARS: CollectionConfig[] = [
  {
    slug: 'makes',
    fields: [
      { name: 'name', type: 'text' },
      { name: 'cars', type: 'join', collection: 'cars' as never, on: 'make', defaultSort: 'title' },
    ],
  },
  {
    slug: 'cars',
    fields: [
      { name: 'title', type: 'text' },
      { name: 'color', type: 'text' },
      { name: 'make', type: 'relationship', relationTo: 'makes' as never },
    ],
  },
]

/** Saves cars of the make Honda with these titles; returns the ID of the make. */
export async function saveCars({ db }: SmallPayload, titles: readonly string[]): Promise<string> {
  const make = await db.create({ collection: 'makes', data: { name: 'Honda' } })
  for (const title of titles)
    await db.create({ collection: 'cars', data: { title, make: make.id } })
  return make.id
}
