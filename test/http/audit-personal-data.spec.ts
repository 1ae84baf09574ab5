import { describe, expect, it } from '@jest/globals'
import { buildForecourtConfig } from '../../payload.config.ts'
import { redactionFor } from '../../src/audit/redaction.ts'
import { testSettings } from '../support/settings.ts'

const config = buildForecourtConfig(testSettings({}))

/**
 * What of owners and customers is personal, by collection, written by hand from the schema
 * documents.
 */
const PERSONAL: Readonly<Record<string, readonly string[]>> = {
  vehicles: ['vin', 'nickname', 'color', 'licensePlate', 'title', 'imageBucket', 'imageKey'],
  'fuel-logs': ['locationData', 'notes', 'writtenBy'],
  'maintenance-logs': ['shopName', 'notes', 'writtenBy'],
  'maintenance-schedules': ['notes', 'writtenBy'],
  'ownership-costs': ['title', 'notes', 'writtenBy'],
  documents: [
    'title',
    'notes',
    'details',
    'fileName',
    'fileHash',
    'storageBucket',
    'storageKey',
    'writtenBy',
  ],
  'user-profiles': ['email', 'displayName', 'notificationEmail'],
  'user-preferences': ['timeZone'],
  'saved-stations': ['nickname'],
  'terms-agreements': ['ipAddress', 'userAgent'],
  'notification-logs': ['recipientEmail', 'subject', 'errorMessage'],
  'admin-users': ['email'],
  'pending-submissions': ['customerName', 'customerEmail', 'customerPhone', 'additionalNotes'],
}

/** What opens something. */
const SECRET: Readonly<Record<string, readonly string[]>> = {
  users: ['hash', 'salt', 'sessions', 'resetPasswordToken', 'resetPasswordExpiration'],
  sessions: ['sess'],
}

const reported = async (expected: string, lists: typeof PERSONAL): Promise<string[]> => {
  const { collections } = await config
  return Object.entries(lists).flatMap(([slug, names]) => {
    const table = collections.find((one) => one.slug === slug)
    const known = table?.flattenedFields.map(({ name }) => name) ?? []
    return names.flatMap((name) => {
      const found = table && known.includes(name) ? redactionFor(table, name) : 'no such field'
      return found === expected ? [] : [`${slug}.${name}: ${found}`]
    })
  })
}

describe('the audit log', () => {
  it('masks what is personal', async () => {
    expect(await reported('mask', PERSONAL)).toEqual([])
  })

  it('never tells what opens something', async () => {
    expect(await reported('never', SECRET)).toEqual([])
  })

  it('masks every text of an owner’s row that it does not know', async () => {
    const table = (await config).collections.find(({ slug }) => slug === 'vehicles')
    expect(table && redactionFor(table, 'aFieldOfTomorrow')).toBe('mask')
  })
})
