import { describe, expect, it } from '@jest/globals'
import { flattenTopLevelFields } from 'payload/shared'
import { CompetitorInventory } from '../../plugins/scraping/collections/competitor-inventory.ts'
import {
  FIELD_NAMES,
  getApiName,
  LISTING_FIELDS,
  TEXT_FIELDS,
} from '../../plugins/scraping/domain/listing-fields.ts'

const columns = new Map(
  flattenTopLevelFields(CompetitorInventory.fields).map((field) => [field.name, field]),
)

describe('a field of a listing', () => {
  it.each(FIELD_NAMES)('is a column of a competitor’s car: %s', (name) => {
    expect(columns.has(getApiName(name))).toBe(true)
  })

  it.each(TEXT_FIELDS)('is as long as its column: %s', (name) => {
    expect(columns.get(name)).toMatchObject({ maxLength: LISTING_FIELDS[name].maxLength })
  })
})
