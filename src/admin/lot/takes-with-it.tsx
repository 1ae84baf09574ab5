import type { PayloadRequest, SanitizedCollectionConfig, UIFieldServerComponent } from 'payload'
import { takenAlong } from '../../database/taken-along.ts'
import { whole } from './figures.ts'
import { TakesWithItNote } from './takes-with-it-note.tsx'

/**
 * How many rows go with this one when it is deleted, told before it is: "Deleting this car also deletes 1 market analysis and 12 market
 * prices." Nothing where nothing goes along, or for who may not delete it. For the sidebar, as a `ui` field.
 */
export const TakesWithIt: UIFieldServerComponent = async ({ id, collectionSlug, req }) => {
  const collection = configOf(req, collectionSlug)
  if (id === undefined || !collection || !(await collection.access.delete({ req, id: String(id) }))) return null
  const taken = (await takenAlong(req, collectionSlug, id)).map(({ config, count }) => inWords(count, config.labels))
  if (taken.length === 0) return null
  const what = `Deleting this ${lower(collection.labels.singular)}${collection.trash ? ' for good' : ''}`
  return <TakesWithItNote id={String(id)} words={`${what} also deletes ${LIST.format(taken)}.`} />
}

const LIST = new Intl.ListFormat('en-GB', { type: 'conjunction' })

function configOf(req: PayloadRequest, slug: string): SanitizedCollectionConfig | undefined {
  return req.payload.config.collections.find((collection) => collection.slug === slug)
}

function inWords(count: number, { singular, plural }: SanitizedCollectionConfig['labels']): string {
  return count === 1 ? `1 ${lower(singular)}` : `${whole(count)} ${lower(plural)}`
}

/** A label within a sentence: `Market price` as `market price`, `VIN evaluation` as it is. */
function lower(label: unknown): string {
  const text = typeof label === 'string' ? label : 'row'
  return text.replace(/^\p{Lu}(?=\p{Ll})/u, (first) => first.toLowerCase())
}
