import type { Field, JSONFieldValidation } from 'payload'
import { json } from '../../../src/fields/lists.ts'
import { half, row } from '../../../src/fields/layout.ts'
import { checkbox } from '../../../src/fields/text.ts'
import { findMappingProblem } from '../domain/mapping.ts'
import { FEED_NAMES } from '../domain/feed-names.ts'
import { feeds } from '../feeds/index.ts'

/** Checks the rules against the columns of this feed. */
const validateMapping: JSONFieldValidation = (value, { data }) => {
  const { feed } = data as { feed?: unknown }
  const name = FEED_NAMES.find((one) => one === feed)
  return name === undefined || (findMappingProblem(value, feeds[name]) ?? true)
}

/** What a feed contains: the mapping of its columns, and what it adds to each car. */
export const feedContentFields = (): Field[] => [
  row(
    checkbox('useBanner', {
      defaultValue: false,
      label: 'Banner on the first photo',
      description: 'The first photo shows the price and what speaks for the car.',
      ...half,
    }),
    checkbox('useHighlight', {
      defaultValue: false,
      label: 'Highlight above the description',
      description: 'One owner · Clean title: what the facts of the car say.',
      ...half,
    }),
  ),
  {
    ...json('mapping', {
      shape: 'array',
      label: 'Rules',
      admin: { components: { Field: '/plugins/exports/admin/mapping-field.tsx#MappingField' } },
    }),
    validate: validateMapping,
  },
]
