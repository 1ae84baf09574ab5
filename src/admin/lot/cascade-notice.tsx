import type { PayloadRequest, SanitizedCollectionConfig, UIFieldServerComponent } from 'payload'
import { countCascadeDeletes } from '../../database/cascade-deletes.ts'
import { formatInteger } from '../ui/format-figures.ts'
import { CascadeNoticeText } from './cascade-notice-text.tsx'

/**
 * Announces in the sidebar how many rows are deleted with this one: "Deleting this car also deletes
 * 1 market analysis and 12 market prices." Renders nothing if there are none or the viewer may not
 * delete the row. For use as a `ui` field.
 */
export const TakesWithIt: UIFieldServerComponent = async ({ id, collectionSlug, req }) => {
  const collection = findConfig(req, collectionSlug)
  if (id === undefined || !collection || !(await collection.access.delete({ req, id: String(id) })))
    return null
  const deletedRows = (await countCascadeDeletes(req, collectionSlug, id)).map(
    ({ config, count }) => formatRowCount(count, config.labels),
  )
  if (deletedRows.length === 0) return null
  const subject =
    'Deleting this ' +
    `${lowercaseLabel(collection.labels.singular)}${collection.trash ? ' permanently' : ''}`
  return (
    <CascadeNoticeText
      id={String(id)}
      words={`${subject} also deletes ${LIST.format(deletedRows)}.`}
    />
  )
}

const LIST = new Intl.ListFormat('en-US', { type: 'conjunction' })

function findConfig(req: PayloadRequest, slug: string): SanitizedCollectionConfig | undefined {
  return req.payload.config.collections.find((collection) => collection.slug === slug)
}

function formatRowCount(
  count: number,
  { singular, plural }: SanitizedCollectionConfig['labels'],
): string {
  return count === 1
    ? `1 ${lowercaseLabel(singular)}`
    : `${formatInteger(count)} ${lowercaseLabel(plural)}`
}

/**
 * Lowercases a label for use in a sentence: `Market price` as `market price`, but `VIN evaluation`
 * unchanged.
 */
function lowercaseLabel(label: unknown): string {
  const text = typeof label === 'string' ? label : 'entry'
  return text.replace(/^\p{Lu}(?=\p{Ll})/u, (first) => first.toLowerCase())
}
