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
import { textarea, text, checkbox } from '../../../src/fields/text.ts'
import { webAddress } from '../../../src/fields/web-address.ts'
import type { JsonObject } from '../domain/json.ts'
import { findPlatform, PLATFORMS } from '../platforms/index.ts'

const serverManaged = {
  readOnly: true,
  access: { create: permissions.nobody, update: permissions.nobody },
}
/** Told by the screen instead, with what is to be done about it. */
const hidden = { condition: () => false }
const NAMES = PLATFORMS.map(({ name }) => name).join(', ')
const PLATFORM_DESCRIPTION =
  `What their site is made with: ${NAMES}. ` + 'Leave it empty when you do not know.'

/**
 * How well a competitor is known: a word in the list, and on its screen what they sell, with what
 * can be done about it.
 */
const healthField: UIField = {
  type: 'ui',
  name: 'health',
  label: 'How it goes',
  admin: {
    components: {
      Cell: '/plugins/scraping/admin/health-cell.tsx#HealthCell',
      Field: '/plugins/scraping/admin/competitor-screen.tsx#CompetitorScreen',
    },
  },
}

/** One dealership that is watched. Deleting it deletes its cars, their prices and its figures. */
export const Competitors: CollectionConfig = {
  slug: 'competitors',
  dbName: 'competitors',
  labels: { singular: 'Competitor', plural: 'Competitors' },
  admin: {
    group: 'Competitors',
    useAsTitle: 'name',
    defaultColumns: ['name', 'health', 'platformType', 'lastSuccessfulScrapeAt'],
    listSearchableFields: ['name', 'websiteUrl'],
    description: 'Dealers whose stock and prices are watched.',
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
          'Set-up',
          text('name', 255, { required: true }),
          row(
            webAddress('inventoryUrl', {
              required: true,
              ...half,
              label: 'Inventory page',
              description: 'The page that lists their cars, beginning with https://.',
            }),
            webAddress('websiteUrl', { ...half, label: 'Website' }),
          ),
          row(
            text('platformType', 50, {
              ...half,
              label: 'Platform',
              description: PLATFORM_DESCRIPTION,
            }),
            checkbox('usePlaywright', {
              ...half,
              defaultValue: false,
              label: 'Needs a browser',
              description: 'Their page shows its cars only in a real browser. Slower.',
            }),
          ),
          json('scraperConfig', {
            shape: 'object',
            label: 'Special settings',
            description: 'A JSON object. Empty for most.',
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
      label: 'Their figures',
      collection: 'competitor-metrics',
      on: 'competitor',
      defaultSort: '-calculatedAt',
      admin: { disabled: true },
    },
    cascadeNotice,
    checkbox('active', {
      defaultValue: true,
      description: 'Watched now.',
      admin: { position: 'sidebar' },
    }),
    instant('lastScrapedAt', { ...serverManaged, label: 'Last looked at', admin: hidden }),
    instant('lastSuccessfulScrapeAt', {
      ...serverManaged,
      label: 'Last read whole',
      admin: hidden,
    }),
    text('scrapeErrorType', 50, { ...serverManaged, label: 'Last problem', admin: hidden }),
    textarea('scrapeError', { ...serverManaged, label: 'What went wrong', admin: hidden }),
  ],
}

type PlatformInput = { platformType?: string | null; scraperConfig?: JsonObject | null }

/**
 * Holds the platform and the special settings to what is read, however the platform's name is
 * written.
 */
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
