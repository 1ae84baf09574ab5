import {
  type CollectionBeforeChangeHook,
  type CollectionConfig,
  type PayloadRequest,
  type UIField,
  ValidationError,
} from 'payload'
import { permissions } from '../../../src/access/permissions.ts'
import { instant } from '../../../src/fields/instant.ts'
import { half, row, tab } from '../../../src/fields/layout.ts'
import { json } from '../../../src/fields/lists.ts'
import { cascadeNotice } from '../../../src/fields/lot-screens.ts'
import { decimal } from '../../../src/fields/numbers.ts'
import { textarea, text, checkbox } from '../../../src/fields/text.ts'
import { webAddress } from '../../../src/fields/web-address.ts'
import type { JsonObject } from '../domain/json.ts'
import { findPlatform, PLATFORMS } from '../platforms/index.ts'

const serverManaged = {
  readOnly: true,
  access: { create: permissions.nobody, update: permissions.nobody },
}
/** Hidden: the screen shows this with what to do about it. */
const hidden = { condition: () => false }
const NAMES = PLATFORMS.map(({ name }) => name).join(', ')
const PLATFORMS_TEXT = `The platform of their site: ${NAMES}.`

/** The health of a competitor: a badge in the list; on its screen, the stock and what to do. */
const healthField: UIField = {
  type: 'ui',
  name: 'health',
  label: 'Status',
  admin: {
    components: {
      Cell: '/plugins/scraping/admin/health-cell.tsx#HealthCell',
      Field: '/plugins/scraping/admin/competitor-screen.tsx#CompetitorScreen',
    },
  },
}

/** One monitored dealership. Deleting it deletes its cars, their prices, and its metrics. */
export const Competitors: CollectionConfig = {
  slug: 'competitors',
  dbName: 'competitors',
  labels: { singular: 'Competitor', plural: 'Competitors' },
  admin: {
    group: 'Competitors',
    useAsTitle: 'name',
    defaultColumns: ['name', 'health', 'platformType', 'lastSuccessfulScrapeAt'],
    listSearchableFields: ['name', 'websiteUrl'],
    description: 'Dealerships whose stock and prices are monitored.',
  },
  defaultSort: 'name',
  lockDocuments: false,
  access: {
    create: permissions.canManageLot,
    read: permissions.isStaff,
    update: permissions.canManageLot,
    delete: permissions.isStaffAdmin,
  },
  hooks: { beforeChange: [checkPlatform] },
  fields: [
    {
      type: 'tabs',
      tabs: [
        {
          ...tab('What they sell', healthField),
          admin: { condition: (_data, _sibling, { operation }) => operation === 'update' },
        },
        tab(
          'Setup',
          text('name', 255, { required: true }),
          row(
            webAddress('inventoryUrl', {
              required: true,
              ...half,
              label: 'Inventory page',
              description:
                'The page that lists their cars. Its URL starts with https:// or http://.',
            }),
            webAddress('websiteUrl', { ...half, label: 'Website' }),
          ),
          row(
            text('platformType', 50, {
              ...half,
              label: 'Platform',
              description: `${PLATFORMS_TEXT} Leave it empty if you do not know.`,
            }),
            checkbox('usePlaywright', {
              ...half,
              defaultValue: false,
              label: 'Needs a browser',
              description:
                'Turn this on if their page shows cars only in a real browser. Scraping is slower.',
            }),
          ),
          row(text('city', 100, half), text('state', 50, half)),
          row(
            decimal('latitude', { ...half, min: -90, max: 90, precision: 9, scale: 6 }),
            decimal('longitude', {
              ...half,
              min: -180,
              max: 180,
              precision: 9,
              scale: 6,
              description: 'Where they are. Needed for the distance to their cars.',
            }),
          ),
          textarea('notes', { description: 'Anything that your staff should know about them.' }),
          json('scraperConfig', {
            shape: 'object',
            label: 'Platform settings',
            description: 'A JSON object. Most platforms need none.',
          }),
        ),
      ],
    },
    {
      type: 'join',
      name: 'stock',
      label: 'Their cars',
      collection: 'competitor-inventory',
      on: 'competitor',
      defaultSort: '-lastSeenAt',
      admin: { disabled: true },
    },
    {
      type: 'join',
      name: 'metrics',
      label: 'Their metrics',
      collection: 'competitor-metrics',
      on: 'competitor',
      defaultSort: '-calculatedAt',
      admin: { disabled: true },
    },
    cascadeNotice,
    checkbox('active', {
      defaultValue: true,
      description: 'If off, this competitor is not scraped.',
      admin: { position: 'sidebar' },
    }),
    instant('lastScrapedAt', { ...serverManaged, label: 'Last scrape', admin: hidden }),
    instant('lastSuccessfulScrapeAt', {
      ...serverManaged,
      label: 'Last successful scrape',
      admin: hidden,
    }),
    text('scrapeErrorType', 50, { ...serverManaged, label: 'Last error type', admin: hidden }),
    textarea('scrapeError', { ...serverManaged, label: 'Error', admin: hidden }),
  ],
}

type PlatformInput = { platformType?: string | null; scraperConfig?: JsonObject | null }

/** Validates the platform, in any spelling, and its settings. */
function checkPlatform({
  data,
  originalDoc,
  req,
}: Parameters<CollectionBeforeChangeHook>[0]): unknown {
  const { platformType, scraperConfig } = {
    ...(originalDoc as object | undefined),
    ...data,
  } as PlatformInput
  const platform = findPlatform(platformType)
  if (platformType && !platform)
    throw createValidationError('platformType', `must be one of ${NAMES}, or empty`, req)
  const problem = platform?.checkConfig?.(scraperConfig ?? {}) ?? null
  if (problem !== null) throw createValidationError('scraperConfig', problem, req)
  return data
}

const createValidationError = (path: string, message: string, req: PayloadRequest) =>
  new ValidationError({ collection: 'competitors', errors: [{ path, message }], req })
