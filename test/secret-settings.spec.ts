import { describe, expect, it } from '@jest/globals'
import { openDatabase } from '../src/database/open.ts'
import { readSettings, WrongSetting } from '../src/env.ts'
import { listSecrets } from '../src/log/secrets.ts'
import { getTestServer } from './support/databases.ts'
import { read } from './support/repository-files.ts'
import { createMarker } from './support/secret-markers.ts'
import { OPEN_SETTINGS, SECRET_SETTINGS } from './support/secret-stage.ts'

/** Every secret setting with a marker. */
const marked = Object.fromEntries(SECRET_SETTINGS.map((name) => [name, createMarker(name)]))
const provider = (name: string) => ({
  [`OIDC_${name}_ISSUER`]: 'http://127.0.0.1:9',
  [`OIDC_${name}_CLIENT_ID`]: 'forecourt',
})
const environment: Record<string, string> = {
  ...marked,
  DATABASE_URL: `postgres://forecourt:${marked['DATABASE_URL']}@127.0.0.1:9/forecourt`,
  DATABASE_OWNER_URL: `postgres://owner:${marked['DATABASE_OWNER_URL']}@127.0.0.1:9/forecourt`,
  REDIS_URL: `redis://:${marked['REDIS_URL']}@127.0.0.1:9`,
  SMTP_URL: `smtp://forecourt:${marked['SMTP_URL']}@127.0.0.1:9`,
  FIRST_ADMIN_EMAIL: 'first@forecourt.example',
  OWNERS_MANAGEMENT_URL: 'http://127.0.0.1:9',
  CAPTCHA_PROVIDER: 'turnstile',
  S3_ENDPOINT: 'http://127.0.0.1:9',
  S3_BUCKET: 'forecourt-files',
  S3_ACCESS_KEY_ID: 'forecourt',
  ...provider('HOUSE'),
  ...provider('WRONG'),
  ...provider('AWAY'),
}

/** What a start says to settings that it refuses; empty where it takes them. */
function refusalOf(result: Record<string, string>): string {
  try {
    readSettings(result)
    return ''
  } catch (error) {
    expect(error).toBeInstanceOf(WrongSetting)
    return (error as Error).message
  }
}

describe('a secret setting', () => {
  it('is on the list of secrets, as every other is on that of what anybody may know', () => {
    const written = ['env', 'settings/room-settings', 'settings/schedule-settings']
      .map((name) => read(`src/${name}.ts`))
      .join('')
    const known = [...written.matchAll(/^ {2}([A-Z][A-Z0-9_]+): /gm)].map(([, name]) =>
      String(name),
    )
    const secrets = SECRET_SETTINGS.filter((name) => !name.startsWith('OIDC_'))
    expect([...secrets, ...OPEN_SETTINGS].sort()).toEqual(known.sort())
  })

  it('is masked in the log by its value, of a URL by its password', () => {
    expect(listSecrets(readSettings(environment)).sort()).toEqual(Object.values(marked).sort())
  })

  it.each(SECRET_SETTINGS)(
    '%s that cannot be used is refused in words without its value',
    (name) => {
      const minimum = { PAYLOAD_SECRET: 32, PAYLOAD_SECRET_PREVIOUS: 32, FIRST_ADMIN_PASSWORD: 12 }[
        name
      ]
      const wrong = `${minimum ? '' : 'no '}${createMarker(name)}`
      const short = minimum ? minimum - 1 : 1_000
      const without = name === 'OWNERS_MANAGEMENT_TOKEN' ? { OWNERS_MANAGEMENT_URL: '' } : {}
      const unused = name === 'CAPTCHA_SECRET' ? { CAPTCHA_PROVIDER: '' } : {}
      const alone = name.startsWith('OIDC_') ? { [name.replace('SECRET', 'ID')]: '' } : {}
      const refused = refusalOf({
        ...environment,
        [name]: wrong.slice(0, short),
        ...without,
        ...unused,
        ...alone,
      })
      expect(refused).toContain(name.replace('SECRET', name.startsWith('OIDC_') ? 'ID' : 'SECRET'))
      expect(refused).not.toContain(wrong.slice(0, 11))
    },
  )

  it.each(['DATABASE_URL', 'DATABASE_OWNER_URL'])(
    '%s that leads to no database is refused in words without its password',
    async (name) => {
      const { url, ownerUrl } = getTestServer()
      const wrong = new URL(name === 'DATABASE_URL' ? url : ownerUrl)
      wrong.password = createMarker(name)
      wrong.username = 'nobody-here'
      const settings = readSettings({
        ...environment,
        DATABASE_URL: url,
        DATABASE_OWNER_URL: ownerUrl,
        [name]: wrong.href,
      })
      const heard: string[] = []
      const failure = await openDatabase(settings, { print: (line) => heard.push(line) }).catch(
        (error: Error) => error,
      )
      expect(failure).toBeInstanceOf(WrongSetting)
      expect([...heard, (failure as Error).message].join()).not.toContain(wrong.password)
    },
  )
})
