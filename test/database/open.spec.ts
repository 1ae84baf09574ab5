import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { openDatabase } from '../../src/database/open.ts'
import { type EmptyDatabase, createEmptyDatabase } from '../support/http-database.ts'
import { testSettings } from '../support/settings.ts'

let database: EmptyDatabase
beforeEach(async () => {
  database = await createEmptyDatabase()
})
afterEach(() => database.drop())

const open = (environment: Record<string, string>) =>
  openDatabase(testSettings(environment), { print: () => undefined })

describe('a database of your own', () => {
  it('is asked, and migrated, as the one role that is named', async () => {
    const { url, ownerUrl, embedded } = await open({ DATABASE_URL: database.url })
    expect({ url, ownerUrl, embedded }).toEqual({
      url: database.url,
      ownerUrl: database.url,
      embedded: false,
    })
  })

  it('is migrated as another role where one is named, also by another way to the same server', async () => {
    const byName = new URL(database.ownerUrl)
    byName.hostname = 'localhost'
    const result = { DATABASE_URL: database.url, DATABASE_OWNER_URL: byName.href }
    expect(await open(result)).toMatchObject({
      url: database.url,
      ownerUrl: byName.href,
      embedded: false,
    })
  })

  it('is refused when the other role’s is another database, naming both and no password', async () => {
    const other = await createEmptyDatabase()
    try {
      const opened = open({ DATABASE_URL: database.url, DATABASE_OWNER_URL: other.ownerUrl })
      await expect(opened).rejects.toMatchObject({ name: 'WrongSetting' })
      const [{ host, pathname: ours }, { pathname: theirs }] = [
        new URL(database.url),
        new URL(other.url),
      ]
      const { message } = (await opened.catch((error: unknown) => error)) as Error
      expect(message).toBe(
        `DATABASE_OWNER_URL connects to the database ${theirs.slice(1)} at ${host}, but ` +
          `DATABASE_URL connects to ${ours.slice(1)} at ${host}. Use two roles of the same ` +
          'database.',
      )
    } finally {
      await other.drop()
    }
  })

  it.each(['DATABASE_URL', 'DATABASE_OWNER_URL'])(
    'is refused when %s cannot sign in, naming the setting',
    async (setting) => {
      const wrong = new URL(database.url)
      wrong.password = 'wrong'
      const opened = open({
        DATABASE_URL: database.url,
        DATABASE_OWNER_URL: database.ownerUrl,
        [setting]: wrong.href,
      })
      await expect(opened).rejects.toThrow(new RegExp(`cannot be used: .* Check ${setting}\\.$`))
    },
  )
})
