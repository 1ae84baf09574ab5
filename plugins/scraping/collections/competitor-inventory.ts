import type { CollectionBeforeChangeHook, CollectionConfig } from 'payload'
import { permissions } from '../../../src/access/permissions.ts'
import { normalizeVin } from '../../../src/domain/vin.ts'
import { belongsTo } from '../../../src/fields/belongs-to.ts'
import type { FieldOptions } from '../../../src/fields/column.ts'
import { instant } from '../../../src/fields/instant.ts'
import { half, row, third } from '../../../src/fields/layout.ts'
import { json } from '../../../src/fields/lists.ts'
import { cells } from '../../../src/fields/lot-screens.ts'
import { money } from '../../../src/fields/money.ts'
import { modelYear } from '../../../src/fields/model-year.ts'
import { wholeNumber } from '../../../src/fields/numbers.ts'
import { text, checkbox } from '../../../src/fields/text.ts'
import { webAddress } from '../../../src/fields/web-address.ts'
import { LISTING_FIELDS, type TextField } from '../domain/listing-fields.ts'
import { formatListingTitle } from '../domain/listing-title.ts'

/** A text of a listing, with the length from the list of its fields. */
const listingText = (name: TextField, options: FieldOptions) =>
  text(name, LISTING_FIELDS[name].maxLength, options)

const nameListing: CollectionBeforeChangeHook = ({ data }) => ({
  ...data,
  title: formatListingTitle(data),
})

/**
 * One car that a competitor lists or listed. Written only by the scraper; deleted with its
 * competitor.
 */
export const CompetitorInventory: CollectionConfig = {
  slug: 'competitor-inventory',
  dbName: 'competitor_inventory',
  labels: { singular: 'Competitor’s car', plural: 'Competitors’ cars' },
  admin: {
    group: 'Competitors',
    useAsTitle: 'title',
    defaultColumns: [
      'title',
      'competitor',
      'price',
      'mileage',
      'daysOnMarket',
      'isSold',
      'lastSeenAt',
    ],
    listSearchableFields: ['title', 'vin', 'stockNumber'],
    description: 'Cars found on competitors’ sites.',
  },
  defaultSort: '-lastSeenAt',
  lockDocuments: false,
  access: {
    create: permissions.nobody,
    read: permissions.isStaff,
    update: permissions.nobody,
    delete: permissions.isStaffAdmin,
  },
  hooks: { beforeChange: [nameListing] },
  fields: [
    listingText('title', { hidden: true, label: 'Car' }),
    belongsTo('competitor', 'competitors', { required: true, column: { onDelete: 'cascade' } }),
    row(
      listingText('vin', {
        ...third,
        label: 'VIN',
        normalize: normalizeVin,
      }),
      listingText('stockNumber', third),
      listingText('externalId', {
        ...third,
        label: 'External ID',
        description: 'The car’s ID on their site.',
      }),
    ),
    row(modelYear(third), listingText('make', third), listingText('model', third)),
    row(
      listingText('trim', third),
      money('price', third),
      wholeNumber('mileage', {
        ...third,
        min: 0,
        admin: cells.mileage,
        description: 'Odometer reading, in miles.',
      }),
    ),
    row(listingText('exteriorColor', half), listingText('transmission', half)),
    row(listingText('fuelType', half), listingText('bodyStyle', half)),
    row(
      listingText('drivetrain', third),
      listingText('engine', third),
      listingText('condition', { ...third, description: 'New, Used, Certified, …' }),
    ),
    row(
      webAddress('url', { ...half, label: 'Listing page' }),
      webAddress('imageUrl', { ...half, label: 'Photo' }),
    ),
    row(
      instant('firstSeenAt', { ...third, label: 'First seen' }),
      instant('lastSeenAt', { ...third, label: 'Last seen' }),
      wholeNumber('daysOnMarket', { ...third, min: 0 }),
    ),
    row(
      checkbox('isSold', {
        ...half,
        defaultValue: false,
        label: 'Sold',
        description: 'The car is no longer on their site.',
      }),
      instant('soldAt', {
        ...half,
        label: 'Sold (estimated)',
        description: 'Estimated from the first run that did not find the car.',
      }),
    ),
    {
      type: 'join',
      name: 'priceHistory',
      label: 'Price history',
      collection: 'competitor-price-history',
      on: 'competitorInventory',
      defaultSort: '-recordedAt',
      admin: { allowCreate: false, defaultColumns: ['recordedAt', 'price', 'minPrice', 'mileage'] },
    },
    json('rawData', {
      label: 'Raw data',
      description: 'The data exactly as found on their page.',
      admin: { components: { Field: '/src/admin/json/json-view.tsx#JsonView' } },
    }),
  ],
  custom: {
    whenEmpty: 'A competitor’s cars appear here after the first scrape run.',
    table: {
      indexes: [
        { name: 'competitor_inventory_competitor_vin_idx', on: 'competitor_id, vin' },
        { name: 'competitor_inventory_vin_idx', on: 'vin' },
        { name: 'competitor_inventory_competitor_sold_idx', on: 'competitor_id, is_sold' },
      ],
    },
  },
}
