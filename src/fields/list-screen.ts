import type { CollectionConfig, Field } from 'payload'
import { mapFields, type NamedField } from './map-fields.ts'

/**
 * Gives a collection the panel's own list screen. It offers no new row where none can be created,
 * explains why it is empty, and includes the titles of referenced rows in the page. Payload would
 * fetch each title when its row scrolls into view.
 */
export function withListScreen(collection: CollectionConfig): CollectionConfig {
  const { admin } = collection
  const components = admin?.components
  const views = {
    ...components?.views,
    list: { Component: '/src/admin/list/list-screen.tsx#ListScreen', ...components?.views?.list },
  }
  return {
    ...collection,
    fields: mapFields(collection.fields, withNameCell),
    admin: { ...admin, components: { ...components, views } },
  }
}

function withNameCell(field: NamedField): Field {
  if (field.type !== 'relationship') return field
  const components = {
    Cell: '/src/admin/cells/relation-cell.tsx#RelationCell',
    ...field.admin?.components,
  }
  return { ...field, admin: { ...field.admin, components } } as Field
}
