import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'

let forecourt: TestForecourt
let admin: Api
beforeAll(async () => {
  forecourt = await openForecourt()
  admin = await forecourt.as('admin')
})
afterAll(() => forecourt.close())

const PREFERENCES = '/api/user-preferences'

describe('preferences', () => {
  it('are the asking owner’s, and begin as documented', async () => {
    const [owner, other] = [await forecourt.asOwner(), await forecourt.asOwner()]
    const { body } = await owner.api.post(PREFERENCES).send({ userId: other.subject }).expect(201)
    expect(body.doc).toMatchObject({
      userId: owner.subject,
      unitSystem: 'imperial',
      currencyCode: 'USD',
      timeZone: 'America/New_York',
    })
  })

  it('are one row an owner: the second is refused and hears where the first is', async () => {
    const owner = await forecourt.asOwner()
    const { body: first } = await owner.api.post(PREFERENCES).send({}).expect(201)
    const { body } = await owner.api.post(PREFERENCES).send({ unitSystem: 'metric' }).expect(400)
    expect(body.errors[0].message).toBe(
      `Owner has preferences already. Change them at ${PREFERENCES}/${first.doc.id}`,
    )
  })

  it('are one row when ten are made at the same moment', async () => {
    const { api, subject } = await forecourt.asOwner()
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => api.post(PREFERENCES).send({})),
    )
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(9)
    expect(
      (await forecourt.sql('select 1 from user_preferences where user_id = $1', [subject])).rows,
    ).toHaveLength(1)
  })

  it('are changed and deleted by their owner and by admins, never by another owner or other staff', async () => {
    const owner = await forecourt.asOwner()
    const { body } = await owner.api.post(PREFERENCES).send({}).expect(201)
    const at = `${PREFERENCES}/${body.doc.id}`
    for (const api of [
      forecourt.anonymous,
      (await forecourt.asOwner()).api,
      await forecourt.as('manager'),
    ]) {
      expect([403, 404]).toContain((await api.get(at)).status)
      expect([403, 404]).toContain((await api.patch(at).send({ unitSystem: 'metric' })).status)
      expect([403, 404]).toContain((await api.delete(at)).status)
    }
    await owner.api.patch(at).send({ unitSystem: 'metric', userId: 'auth0|other' }).expect(200)
    const { body: changed } = await admin
      .patch(at)
      .send({ currencyCode: 'CAD', userId: 'auth0|other' })
      .expect(200)
    expect(changed.doc).toMatchObject({
      userId: owner.subject,
      unitSystem: 'metric',
      currencyCode: 'CAD',
    })
    await owner.api.delete(at).expect(200)
  })

  it('are made by an admin for an owner, and for nobody who is none', async () => {
    const owner = await forecourt.asOwner()
    const { body } = await admin
      .post(PREFERENCES)
      .send({ userId: owner.subject, timeZone: 'UTC' })
      .expect(201)
    expect(body.doc).toMatchObject({ userId: owner.subject, timeZone: 'UTC' })
    await admin.post(PREFERENCES).send({ userId: 'auth0|nobody' }).expect(400)
    await admin.post(PREFERENCES).send({}).expect(400)
  })

  it.each([
    [{ unitSystem: 'nautical' }, 'Units must be one of imperial, metric, not "nautical"'],
    [
      { currencyCode: 'usd' },
      'Currency must be an ISO 4217 currency code in capitals, such as USD, EUR, or CAD, not usd',
    ],
    [
      { currencyCode: 'XYZ' },
      'Currency must be an ISO 4217 currency code in capitals, such as USD, EUR, or CAD, not XYZ',
    ],
    [
      { currencyCode: '' },
      'Currency must be an ISO 4217 currency code in capitals, such as USD, EUR, or CAD, not empty',
    ],
    [
      { timeZone: '' },
      'Time Zone must be an IANA time zone name, such as America/New_York or UTC, not empty',
    ],
    [
      { timeZone: '+02:00' },
      'Time Zone must be an IANA time zone name, such as America/New_York or UTC, not +02:00',
    ],
    [{ timeZone: 'Mars/Olympus' }, expect.stringContaining('Time Zone must be an IANA time zone')],
  ])('are refused with %j, and the message says what is allowed', async (about, message) => {
    const { body } = await (await forecourt.asOwner()).api.post(PREFERENCES).send(about).expect(400)
    expect(body.errors[0].message).toEqual(message)
  })
})

describe('an agreement to the terms', () => {
  const agree = (subject: string) =>
    forecourt.payload.create({
      collection: 'terms-agreements',
      data: {
        userId: subject,
        agreedAt: new Date().toISOString(),
        ipAddress: '203.0.113.9',
        userAgent: 'Firefox',
        termsVersion: '2',
        termsUrl: '/terms/2',
        termsContentHash: 'a'.repeat(64),
      },
      overrideAccess: true,
    })

  it('is read by its owner and by admins, and written by nobody over the API', async () => {
    const owner = await forecourt.asOwner()
    const { id } = await agree(owner.subject)
    const at = `/api/terms-agreements/${id}`
    for (const api of [owner.api, admin, (await forecourt.asOwner('garage admin')).api]) {
      expect((await api.get(at).expect(200)).body).toMatchObject({
        termsVersion: '2',
        ipAddress: '203.0.113.9',
      })
      await api
        .post('/api/terms-agreements')
        .send({ userId: owner.subject, termsVersion: '3' })
        .expect(403)
      await api.patch(at).send({ termsVersion: '3' }).expect(403)
      await api.delete(at).expect(403)
    }
    for (const api of [
      forecourt.anonymous,
      (await forecourt.asOwner()).api,
      await forecourt.as('manager'),
    ])
      expect([403, 404]).toContain((await api.get(at)).status)
  })

  it('is one row an owner', async () => {
    const { subject } = await forecourt.asOwner()
    await agree(subject)
    await expect(agree(subject)).rejects.toThrow()
  })
})
