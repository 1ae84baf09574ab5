import { formatNames, type Payload, type SanitizedCollectionConfig } from 'payload'
import type { Row } from './proof-rows.ts'

/** What GraphQL calls a collection, and the type of its ids there. */
type GraphqlNames = { one: string; many: string; idType: string }

export function getGraphqlNames({
  slug,
  flattenedFields,
}: SanitizedCollectionConfig): GraphqlNames {
  const { singular, plural } = formatNames(slug)
  const id = flattenedFields.find(({ name }) => name === 'id')
  return {
    one: singular,
    many: plural === singular ? `all${singular}` : plural,
    idType: id?.type === 'number' ? 'Int' : 'String',
  }
}

export const getCollection = (payload: Payload, slug: string): SanitizedCollectionConfig => {
  const found = payload.config.collections.find((one) => one.slug === slug)
  if (!found) throw new Error(`There is no collection ${slug}.`)
  return found
}

/** An id of the same kind that no row has. */
export function buildMissingId({ id, slug }: Pick<Row, 'id' | 'slug'>): string | number {
  if (typeof id === 'number') return 2_147_483_000
  return slug === 'sessions' || slug === 'admin-users'
    ? 'missing'
    : '00000000-0000-4000-8000-000000000000'
}

/**
 * The fields of a document as GraphQL asks for them: every text, the ids of references, and what is
 * joined.
 */
export function buildSelection({ flattenedFields }: SanitizedCollectionConfig): string {
  const parts = flattenedFields.flatMap((field) => {
    if ('hidden' in field && field.hidden) return []
    if (field.type === 'relationship') return [`${field.name} { id }`]
    if (field.type === 'join') return [`${field.name} { docs { id } }`]
    return ['text', 'textarea', 'email', 'json', 'number'].includes(field.type) &&
      field.name !== 'id'
      ? [field.name]
      : []
  })
  return ['id', ...parts].join(' ')
}

/** The query string of a search for these ids. */
export const withIds = (rows: readonly Pick<Row, 'id'>[]) =>
  rows.map(({ id }, i) => `where[id][in][${i}]=${encodeURIComponent(String(id))}`).join('&')

/** Whether an answer holds the row with this id. */
export const holdsId = (text: string, id: string | number) =>
  text.includes(`"id":${JSON.stringify(id)}`)
