import type { CollectionConfig, Field, FlattenedField, SanitizedCollectionConfig } from 'payload'
import { mapFields, type NamedField } from './map-fields.ts'

/**
 * What of a table's screens does not work yet. `words` are whole sentences for the people who see
 * them. `switches` are the fields that nothing reads: they keep their columns and stay in the API,
 * and the panel does not show them. `whole`: nothing of it works.
 */
export type NotYet = { words: string; switches?: readonly string[]; whole?: boolean }

/** The group of the sidebar for tables of which nothing works yet. */
export const NOT_YET_GROUP = 'Not working yet'

/** What a collection declares under `custom.notYet`; undefined for one whose screens all work. */
export const getNotYet = ({ custom }: { custom?: Record<string, unknown> }) =>
  custom?.['notYet'] as NotYet | undefined

/**
 * A collection whose panel shows what it declares under `custom.notYet`: a banner in its list and
 * its forms, no switch that nothing reads, and the group of the sidebar that says so. Throws an
 * Error for a switch that is not the name of a field.
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

/** Whether the panel can create a row: not where it hides a field that a new row must have. */
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
