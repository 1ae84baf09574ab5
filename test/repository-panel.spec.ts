import { beforeAll, describe, expect, it } from '@jest/globals'
import type { Field, PayloadRequest, SanitizedCollectionConfig } from 'payload'
import { buildForecourtConfig } from '../payload.config.ts'
import { mapFields, type NamedField } from '../src/fields/map-fields.ts'
import { canCreateInPanel, NOT_YET_GROUP, getNotYet, withNotYet } from '../src/fields/not-yet.ts'
import { exists, namesIn, read, rooms } from './support/repository-files.ts'
import { testSettings } from './support/settings.ts'

let collections: readonly SanitizedCollectionConfig[]
beforeAll(async () => {
  const config = await buildForecourtConfig(testSettings({}))
  collections = config.collections.filter(({ slug }) => !slug.startsWith('payload-'))
})

const fieldsOf = (fields: readonly Field[]): NamedField[] => {
  const found: NamedField[] = []
  mapFields(fields, (field) => (found.push(field), field))
  return found
}

const ADMIN = { collection: 'users', id: 'a', role: 'admin', isActive: true }

const isHidden = (admin: object | undefined) =>
  admin !== undefined && 'hidden' in admin && admin.hidden === true

/** The tables of a room of plugins, by the names of their files. */
const tablesOf = (room: string) =>
  namesIn(`${room}/collections`).map((file) => file.replace(/\.ts$/, ''))
const named = (slugs: readonly string[]) => collections.filter(({ slug }) => slugs.includes(slug))

/**
 * Yes/no fields that nothing of Forecourt acts on and that promise nothing: facts that people note
 * down and programs read over the API. A switch that is to do something, and does nothing yet, is
 * among the `switches` of its table's `custom.notYet` instead.
 */
const FACTS = [
  'vehicles.isActive',
  'stations.has93Octane',
  'community-stations.has93Octane',
  'inventory.featured',
  'inventory.serviceRecords',
  'user-profiles.emailVerified',
  'price-batches.roundTo95',
  'price-batches.allowBelowCost',
]
/** Yes/no fields that code acts on, each with where. */
const DRIVEN: Readonly<Record<string, string>> = {
  'users.isActive': 'hooks/people/accounts.ts',
  'export-feeds.implicitTls': 'plugins/exports/runs/connect.ts',
  'stations.isFromPlaces': 'src/stations/store/stale.ts',
  'media.onShow': 'hooks/lot/photos.ts',
  'documents.trashedWithVehicle': 'hooks/garage/vehicle-trash.ts',
  'inventory.confirmVin': 'src/fields/vin.ts',
  'vehicles.confirmVin': 'src/fields/vin.ts',
  'pending-submissions.confirmVin': 'src/fields/vin.ts',
  'vehicles.confirmOdometer': 'hooks/garage/odometer.ts',
  'fuel-logs.confirmOdometer': 'hooks/garage/odometer.ts',
  'maintenance-logs.confirmOdometer': 'hooks/garage/odometer.ts',
  'storage-alerts.dismissed': 'hooks/system/dismissal.ts',
  'job-history.dead': 'jobs/requeue.ts',
  'competitors.usePlaywright': 'plugins/scraping/store/competitors.ts',
  'competitors.active': 'plugins/scraping/store/competitors.ts',
  'competitor-inventory.isSold': 'plugins/scraping/store/stock.ts',
  'market-alert-rules.active': 'plugins/market/store/alerts.ts',
  'export-feeds.enabled': 'plugins/exports/store/feed-settings.ts',
  'export-feeds.useBanner': 'plugins/exports/store/feed-settings.ts',
  'export-feeds.useHighlight': 'plugins/exports/store/feed-settings.ts',
  'feed-overrides.excluded': 'plugins/exports/store/feed-cars.ts',
  'market-alerts.dismissed': 'hooks/system/dismissal.ts',
  'fuel-logs.isFullFill': 'src/garage/store/fuel-logs.ts',
  'fuel-logs.missedFill': 'src/garage/store/fuel-logs.ts',
  'maintenance-subtypes.isActive': 'src/garage/store/maintenance-subtypes.ts',
  'market-digests.active': 'plugins/market/store/digests.ts',
}

describe('what does not work yet', () => {
  it.each(rooms())(
    'is marked in every table of %s, if and only if no task of it does anything',
    (room) => {
      const works = exists(`${room}/tasks`)
      const tables = named(tablesOf(room))
      expect(tables.length).toBeGreaterThan(0)
      const wrong = tables.filter((config) => (getNotYet(config)?.whole ?? false) === works)
      expect(wrong.map(({ slug }) => slug)).toEqual([])
    },
  )

  it('has a banner of whole sentences, a group of its own, and no switch in the panel', () => {
    const marked = collections.filter((config) => getNotYet(config))
    expect(marked.length).toBeGreaterThan(4)
    for (const { slug, admin, fields, custom } of marked) {
      const { words = '', switches = [], whole } = getNotYet({ custom }) ?? {}
      expect([slug, words]).toEqual([slug, expect.stringMatching(/^[A-Z].{20,160}\.$/)])
      expect([slug, admin.group === NOT_YET_GROUP]).toEqual([slug, whole === true])
      const shown = fieldsOf(fields).filter(
        ({ name, admin: own }) => switches.includes(name) && !isHidden(own),
      )
      expect([slug, shown.map(({ name }) => name)]).toEqual([slug, []])
      expect([slug, admin.defaultColumns?.filter((name) => switches.includes(name)) ?? []]).toEqual(
        [slug, []],
      )
    }
  })

  it('is what every yes/no field without an effect belongs to, unless it is a plain fact', () => {
    const idle = collections.flatMap(({ slug, fields, custom }) =>
      fieldsOf(fields)
        .filter(
          ({ name, type }) =>
            type === 'checkbox' && !getNotYet({ custom })?.switches?.includes(name),
        )
        .map(({ name }) => `${slug}.${name}`),
    )
    expect(idle.filter((field) => !FACTS.includes(field) && !(field in DRIVEN))).toEqual([])
    expect([...FACTS, ...Object.keys(DRIVEN)].filter((field) => !idle.includes(field))).toEqual([])
    const isNamedIn = (file: string, name: string) => {
      const column = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
      return new RegExp(`\\b(${name}|${column})\\b`).test(read(file))
    }
    const unnamed = Object.entries(DRIVEN).filter(
      ([field, file]) => !isNamedIn(file, field.split('.')[1] ?? ''),
    )
    expect(unnamed).toEqual([])
  })

  it('refuses a switch that is not a field', () => {
    const custom = { notYet: { words: 'Nothing works.', switches: ['nope'] } }
    expect(() => withNotYet({ slug: 'odd', fields: [], custom })).toThrow(
      'custom.notYet of odd names nope',
    )
  })

  it('leaves no form that lacks what a new row needs', () => {
    expect(
      collections.filter((config) => !canCreateInPanel(config)).map(({ slug }) => slug),
    ).toEqual(['backup-schedules', 'backup-settings'])
  })
})

describe('a list', () => {
  it('says why it is empty where people add no rows', async () => {
    const silent: string[] = []
    for (const { slug, access, custom } of collections) {
      const isMade = await access.create({ req: { user: ADMIN } as PayloadRequest })
      const hasReason =
        slug === 'user-profiles' ||
        getNotYet({ custom })?.whole ||
        typeof custom['whenEmpty'] === 'string'
      if (!isMade && !hasReason) silent.push(slug)
    }
    expect(silent).toEqual([])
  })

  it('names what its rows refer to in the page itself', () => {
    const lazy = collections.flatMap(({ slug, fields }) =>
      fieldsOf(fields)
        .filter((field) => field.type === 'relationship' && !field.admin?.components?.Cell)
        .map(({ name }) => `${slug}.${name}`),
    )
    expect(lazy).toEqual([])
  })
})

describe('the text in an empty field', () => {
  it('is an example of that field, and of no other', () => {
    const found = collections.flatMap(({ slug, fields }) =>
      fieldsOf(fields).flatMap((field) => {
        const { placeholder, custom } = (field.admin ?? {}) as {
          placeholder?: unknown
          custom?: Record<string, unknown>
        }
        const text = placeholder ?? custom?.['placeholder']
        return typeof text === 'string' ? [{ field: `${slug}.${field.name}`, text }] : []
      }),
    )
    expect(found.map(({ field }) => field)).toEqual(expect.arrayContaining(['inventory.features']))
    expect(new Set(found.map(({ text }) => text)).size).toBe(found.length)
  })

  it('is there in every list that is typed as one text', () => {
    const typed = collections.flatMap(({ slug, fields }) =>
      fieldsOf(fields)
        .filter(({ admin }) =>
          String((admin?.components as { Field?: unknown } | undefined)?.Field).includes(
            'FeatureList',
          ),
        )
        .filter(
          ({ admin }) => !(admin?.custom as Record<string, unknown> | undefined)?.['placeholder'],
        )
        .map(({ name }) => `${slug}.${name}`),
    )
    expect(typed).toEqual([])
  })
})
