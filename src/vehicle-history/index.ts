import type { Plugin } from 'payload'
import { withEndpoints } from '../api/with-endpoints.ts'
import { withTables } from '../database/with-tables.ts'
import { getCarHistory } from './endpoints/car-history.ts'
import { getSubmissionHistory } from './endpoints/submission-history.ts'
import { endSubmission, getSubmission, submitToDealer } from './endpoints/submit-to-dealer.ts'
import { historyTables } from './tables.ts'
import { withWithdrawnOffers } from './withdraw-vehicle.ts'

/**
 * How owners send their own vehicles to the dealership, with an anonymous history that buyers can
 * verify (src/decisions/0069-a-shared-history-is-frozen-and-chained.md).
 */
export const vehicleHistoryPlugin = (): Plugin => (config) => {
  const collections = (config.collections ?? []).map((collection) =>
    collection.slug === 'vehicles' ? withWithdrawnOffers(collection) : collection,
  )
  return withEndpoints(withTables({ ...config, collections }, historyTables), [], {
    vehicles: [submitToDealer, getSubmission, endSubmission],
    inventory: [getCarHistory],
    'pending-submissions': [getSubmissionHistory],
  })
}
