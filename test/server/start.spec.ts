import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { updatePhotoUrls } from '../../src/database/update-photo-urls.ts'
import { createFirstAdmin, findGeneratedAdmin } from '../../src/server/first-admin.ts'
import { loadOrCreateSecret } from '../../src/auth/sessions/stored-secret.ts'
import { saveCar } from '../support/builders.ts'
import { openForecourt, type TestForecourt, fetchToken } from '../support/forecourt.ts'
import { aPhoto } from '../support/http-photos.ts'
import { testSettings } from '../support/settings.ts'

let forecourt: TestForecourt
let folder: string
beforeAll(async () => {
  forecourt = await openForecourt()
})
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'forecourt-start-'))
  await forecourt.ownerSql(NO_USER)
})
afterAll(async () => {
  await rm(folder, { recursive: true })
  await forecourt.close()
})

/** As the first start finds it: only the owner of the tables can remove audit entries. */
const NO_USER = `alter table activity_logs disable trigger user; delete from activity_logs; delete
  from users;
  alter table activity_logs enable always trigger activity_logs_keep, enable always trigger
    activity_logs_keep_all`

const settings = (more: Record<string, string> = {}) => testSettings({ DATA_DIR: folder, ...more })

describe('the first admin', () => {
  it('gets a random password on the embedded database, which signs in', async () => {
    const made = await createFirstAdmin(forecourt.payload, settings(), true)
    expect(made?.generatedPassword).toMatch(/^[\w-]{20}$/)
    await fetchToken(forecourt.app, {
      email: made?.email ?? '',
      password: made?.generatedPassword ?? '',
    })
  })

  it('is the one of the settings, and only while there is no user', async () => {
    const result = settings({
      FIRST_ADMIN_EMAIL: 'boss@forecourt.example',
      FIRST_ADMIN_PASSWORD: 'a password we chose',
    })
    expect(await createFirstAdmin(forecourt.payload, result, false)).toEqual({
      email: 'boss@forecourt.example',
      generatedPassword: null,
    })
    expect(
      await createFirstAdmin(
        forecourt.payload,
        { ...result, FIRST_ADMIN_EMAIL: 'other@forecourt.example' },
        false,
      ),
    ).toBeNull()
    await fetchToken(forecourt.app, {
      email: 'boss@forecourt.example',
      password: 'a password we chose',
    })
  })

  it('is not made with a password that is easy to guess', async () => {
    const guessable = settings({
      FIRST_ADMIN_EMAIL: 'boss@forecourt.example',
      FIRST_ADMIN_PASSWORD: 'password1234',
    })
    await expect(createFirstAdmin(forecourt.payload, guessable, false)).rejects.toThrow(
      /^FIRST_ADMIN_PASSWORD is easy to guess\. .*openssl/,
    )
  })

  it('is made once by several that start at the same moment', async () => {
    const message = settings({
      FIRST_ADMIN_EMAIL: 'boss@forecourt.example',
      FIRST_ADMIN_PASSWORD: 'a password we chose',
    })
    const made = await Promise.all(
      [1, 2, 3, 4].map(() => createFirstAdmin(forecourt.payload, message, false)),
    )
    expect(made.filter(Boolean)).toHaveLength(1)
  })

  it('is nobody on a database of your own when nothing is said', async () => {
    expect(await createFirstAdmin(forecourt.payload, settings(), false)).toBeNull()
  })

  it('gets no generated password where others can reach the server', async () => {
    await expect(
      createFirstAdmin(forecourt.payload, settings({ HOST: '0.0.0.0' }), true),
    ).rejects.toThrow('HOST is 0.0.0.0')
  })

  it('keeps the server on loopback until the generated password is changed', async () => {
    const made = await createFirstAdmin(forecourt.payload, settings(), true)
    const outside = settings({ HOST: '0.0.0.0' })
    await expect(findGeneratedAdmin(forecourt.payload, outside)).rejects.toThrow('reset-password')
    const where = { email: { equals: made?.email } }
    await forecourt.payload.update({
      collection: 'users',
      where,
      data: { password: 'a password we chose' },
      overrideAccess: true,
    })
    await expect(findGeneratedAdmin(forecourt.payload, outside)).resolves.toBeNull()
  })

  it('is named at later starts while the generated password is not changed', async () => {
    await expect(findGeneratedAdmin(forecourt.payload, settings())).resolves.toBeNull()
    const made = await createFirstAdmin(forecourt.payload, settings(), true)
    await expect(findGeneratedAdmin(forecourt.payload, settings())).resolves.toBe(made?.email)
  })
})

describe('the secret', () => {
  it('is made once and readable by its owner alone', async () => {
    const unsaid = { ...settings(), PAYLOAD_SECRET: undefined }
    const secret = loadOrCreateSecret(unsaid)
    expect(secret).toMatch(/^[0-9a-f]{64}$/)
    expect(loadOrCreateSecret(unsaid)).toBe(secret)
    expect((await stat(path.join(folder, 'secret'))).mode & 0o777).toBe(0o600)
  })
})

describe('photos after the public origin changed', () => {
  it('move with it when they are ours, and stay when they are not', async () => {
    const manager = await forecourt.as('manager')
    const photo = await aPhoto(manager)
    const foreign =
      'https://cdn.example.com/api/media/file/11111111-1111-4111-8111-111111111111.webp'
    const car = await saveCar(forecourt.payload, { images: [photo.url, foreign] })
    expect(await updatePhotoUrls(forecourt.payload, 'http://localhost:3000')).toBe(0)
    expect(await updatePhotoUrls(forecourt.payload, 'https://cars.example.com')).toBe(1)
    const moved = await forecourt.payload.findByID({
      collection: 'inventory',
      id: car.id,
      overrideAccess: true,
    })
    expect(moved.images).toEqual([
      String(photo.url).replace('http://localhost:3000', 'https://cars.example.com'),
      foreign,
    ])
    expect(moved.thumbnail).toMatch(
      /^https:\/\/cars\.example\.com\/api\/media\/file\/.*-thumbnail\.webp$/,
    )
  })

  it('move even where the small picture is of another site', async () => {
    const photo = await aPhoto(await forecourt.as('manager'))
    const foreign = 'https://cdn.example.com/small.jpg'
    const car = await saveCar(forecourt.payload, { images: [foreign, photo.url] })
    expect(await updatePhotoUrls(forecourt.payload, 'https://other.example.com')).toBeGreaterThan(0)
    const moved = await forecourt.payload.findByID({
      collection: 'inventory',
      id: car.id,
      overrideAccess: true,
    })
    expect(moved.images).toEqual([
      foreign,
      String(photo.url).replace('http://localhost:3000', 'https://other.example.com'),
    ])
    expect(moved.thumbnail).toBe(foreign)
  })
})
