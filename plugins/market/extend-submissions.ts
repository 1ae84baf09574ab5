import type { CollectionConfig, Endpoint, Field, UIField } from 'payload'
import { withCollectionEndpoints } from '../../src/api/with-endpoints.ts'

const marketField: UIField = {
  type: 'ui',
  name: 'market',
  admin: {
    disableListColumn: true,
    components: { Field: '/plugins/market/admin/submission-market.tsx#SubmissionMarket' },
  },
}

const isReview = (field: Field): boolean => field.type === 'ui' && field.name === 'review'

/** Adds the market to the submissions: below the review on their screen, and as an endpoint. */
export function extendSubmissions(
  submissions: CollectionConfig,
  endpoint: Endpoint,
): CollectionConfig {
  const fields = submissions.fields.flatMap((field) =>
    isReview(field) ? [field, marketField] : [field],
  )
  return withCollectionEndpoints({ ...submissions, fields }, [endpoint])
}
