import type { CollectionConfig, Field } from 'payload'
import { mapFields, type NamedField } from './map-fields.ts'

/**
 * A collection with the panel's own list: it offers no new row where none can be made, says why it
 * is empty, and names what its rows refer to in the page itself, where Payload looks each name up
 * when its row is scrolled to.
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
