import type { CollectionConfig, Field, FlattenedField, SanitizedCollectionConfig } from 'payload'
import { mapFields, type NamedField } from './map-fields.ts'

/**
 * What does not work yet on a table's screens. `words` are full sentences for users. `switches` are
 * fields that have no effect yet: they keep their columns and stay in the API, but the panel hides
 * them. `whole`: nothing works yet.
 */
export type NotYet = {
  words: string
  switches?: readonly string[]
  whole?: boolean
}

/** The sidebar group for tables where nothing works yet. */
export const NOT_YET_GROUP = 'Not available yet'

/** What a collection declares under `custom.notYet`; undefined if all of its screens work. */
export const getNotYet = ({ custom }: { custom?: Record<string, unknown> }) =>
  custom?.['notYet'] as NotYet | undefined

/**
 * Applies `custom.notYet` to the panel: a banner in the list and the forms, hidden switches, and
 * the sidebar group. Throws an Error for a switch that is not a field name.
 */
export function withNotYet(collection: CollectionConfig): CollectionConfig {
  const notYet = getNotYet(collection)
  if (!notYet) return collection
  const { admin } = collection
  const hidden = new Set(notYet.switches)
  const found = new Set<string>()
  const hide = (field: NamedField): Field => {
    if (!hidden.has(field.name)) return field
    found.add(field.name)
    return hideInPanel(field)
  }
  const fields = mapFields(collection.fields, hide)
  const unknown = [...hidden].filter((name) => !found.has(name))
  if (unknown.length > 0)
    throw new Error(
      `custom.notYet of ${collection.slug} names ${unknown.join(', ')}, which are not names ` +
        'of fields.',
    )
  const shown = (names: string[] | undefined) => names?.filter((name) => !hidden.has(name))
  const [columns, searched] = [shown(admin?.defaultColumns), shown(admin?.listSearchableFields)]
  return {
    ...collection,
    fields,
    admin: {
      ...admin,
      ...(notYet.whole && { group: NOT_YET_GROUP }),
      ...(columns && { defaultColumns: columns }),
      ...(searched && { listSearchableFields: searched }),
      components: {
        ...admin?.components,
        Description: '/src/admin/list/not-yet-banner.tsx#NotYetBanner',
      },
    },
  }
}

/** Whether the panel can create a row: false if it hides a field that a new row requires. */
export function canCreateInPanel({
  custom,
  flattenedFields,
}: Pick<SanitizedCollectionConfig, 'custom' | 'flattenedFields'>): boolean {
  const hidden = getNotYet({ custom })?.switches ?? []
  const isNeeded = (field: FlattenedField) =>
    'required' in field && field.required === true && !('defaultValue' in field)
  return !flattenedFields.some((field) => hidden.includes(field.name) && isNeeded(field))
}

const hideInPanel = (field: NamedField): Field =>
  ({
    ...field,
    admin: {
      ...field.admin,
      hidden: true,
      disableListColumn: true,
      disableListFilter: true,
      disableBulkEdit: true,
    },
  }) as Field
