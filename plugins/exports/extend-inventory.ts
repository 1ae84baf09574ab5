import type { CollectionConfig, UIField } from 'payload'
import { withCollectionEndpoints } from '../../src/api/with-endpoints.ts'
import { tab } from '../../src/fields/layout.ts'
import { getCarFeeds, setCarFeed } from './endpoints/car-feeds.ts'

const admin = '/plugins/exports/admin/'

/** In the list: whether all feeds take a car. Not a column, so that nobody can sort by it. */
const feedLight: UIField = {
  type: 'ui',
  name: 'feedLight',
  label: 'Feeds',
  admin: { components: { Cell: `${admin}feed-light-cell.tsx#FeedLightCell` } },
}

const carFeeds: UIField = {
  type: 'ui',
  name: 'feeds',
  admin: {
    disableListColumn: true,
    components: { Field: `${admin}car-feeds.tsx#CarFeedList` },
  },
}

/** Adds the feeds to the cars on the lot: the tab Feeds, and the light in the list. */
export function extendInventory(inventory: CollectionConfig): CollectionConfig {
  const fields = inventory.fields.map((field) =>
    field.type === 'tabs' ? { ...field, tabs: [...field.tabs, tab('Feeds', carFeeds)] } : field,
  )
  const columns = inventory.admin?.defaultColumns ?? []
  const extended = {
    ...inventory,
    fields: [...fields, feedLight],
    admin: { ...inventory.admin, defaultColumns: [...columns, 'feedLight'] },
  }
  return withCollectionEndpoints(extended, [getCarFeeds, setCarFeed])
}
