import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { aCar } from '../support/builders.ts'
import { openForecourt, saveUser, type TestForecourt } from '../support/forecourt.ts'
import { aPhoto, getUrlPath } from '../support/http-photos.ts'

const PUBLIC = 'https://cars.example.com'

let production: TestForecourt
beforeAll(async () => {
  production = await openForecourt({
    APP_ENV: 'production',
    PUBLIC_ORIGIN: PUBLIC,
    TRUSTED_PROXIES: '1',
    LOCAL_PASSWORDS: 'true',
  })
})
afterAll(() => production.close())

describe('in production', () => {
  it('every answer says to use https only', async () => {
    for (const path of ['/healthz', '/api/inventory', '/nothing']) {
      const { headers } = await production.anonymous.get(path)
      expect(headers['strict-transport-security']).toContain('max-age=31536000')
    }
  })

  it('the session travels over https alone', async () => {
    const user = await saveUser(production.payload, 'viewer')
    const login = await production.anonymous
      .post('/api/users/login')
      .send({ email: user.email, password: user.password })
      .expect(200)
    const [cookie, device] = login.headers['set-cookie'] as unknown as string[]
    expect(cookie).toMatch(
      /^__Host-forecourt-token=[^;]+; .*Path=\/; Secure(=true)?; HttpOnly(=true)?; SameSite=Lax$/i,
    )
    expect(device).toMatch(
      /^__Host-forecourt-device-[0-9a-f]+=[^;]+; Path=\/; Max-Age=\d+; Secure; HttpOnly; SameSite=Strict$/,
    )
    expect(`${cookie}${device}`).not.toMatch(/Domain=/i)
  })

  it('URLs are those of the public origin, whatever Host and proxy say', async () => {
    const manager = await production.as('manager')
    const photo = await aPhoto(manager)
    const { body } = await manager
      .post('/api/inventory')
      .set({
        Host: 'evil.example',
        'X-Forwarded-Host': 'evil.example',
        'X-Forwarded-Proto': 'http',
      })
      .send({ ...aCar(), images: [photo.url] })
      .expect(201)
    expect(body.doc.images).toEqual([`${PUBLIC}/api/media/file/${photo.filename}`])
    expect(body.doc.thumbnail).toMatch(`${PUBLIC}/api/media/file/`)
    await production.anonymous.get(getUrlPath(photo.url)).expect(200)
  })

  it('a fault tells nothing of where it happened', async () => {
    for (const path of [
      '/api/nothing',
      '/api/inventory/none',
      '/api/inventory?where[x]=1',
      '/api/media/file/none.webp',
    ]) {
      const { text } = await production.anonymous.get(path)
      expect(text).not.toMatch(/node_modules|\.ts:|\.js:|select "/)
    }
  })
})
