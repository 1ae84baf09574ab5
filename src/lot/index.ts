import type { CollectionConfig, Plugin } from 'payload'
import { withTasks } from '../../jobs/index.ts'
import type { Settings } from '../env.ts'
import { addToTab } from '../fields/layout.ts'
import { daysOnLot, margin } from './computed-fields.ts'
import { findRecallEvents } from './recall-events.ts'
import { withTimelineSource } from './timeline-sources.ts'
import { endHolds } from './tasks/end-holds.ts'

/**
 * The stock work of the lot: computed figures of each car, and the task that ends holds. The
 * dealership's days are those of the setting SCHEDULE_TIME_ZONE.
 */
export const lotPlugin =
  (settings: Settings): Plugin =>
  (config) => {
    const decorate = (collection: CollectionConfig) =>
      collection.slug === 'inventory'
        ? addToTab(collection, 'Price', daysOnLot(settings.SCHEDULE_TIME_ZONE), margin)
        : collection
    const extended = { ...config, collections: (config.collections ?? []).map(decorate) }
    return withTasks(withTimelineSource(extended, findRecallEvents), [endHolds(settings)])
  }
