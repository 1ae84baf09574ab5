import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { anyVin } from '../support/builders.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import type { Owner } from '../support/owners.ts'
import { offerTo, readId, saveVerifiedOwner } from '../support/sharing.ts'

let forecourt: TestForecourt
let owner: Owner
beforeAll(async () => {
  forecourt = await openForecourt({
    TIER_LIMITS: '{"free":{"vehicles":2,"storedMb":1},"pro":{"vehicles":3}}',
    OWNER_STORED_MB: '0',
  })
})
beforeEach(async () => {
  owner = await saveVerifiedOwner(forecourt)
})
afterAll(() => forecourt.close())

const addVehicle = (who = owner) => who.api.post('/api/vehicles').send({ vin: anyVin() })
const notes = 'x'.repeat(600_000)

describe('the limit of vehicles', () => {
  it('is that of the tier, and says so', async () => {
    for (let count = 0; count < 2; count++) await addVehicle().expect(201)
    const { body } = await addVehicle().expect(403)
    expect(body).toMatchObject({
      errors: [
        {
          code: 'tier_required',
          message:
            'The tier of your subscription, free, allows 2 vehicles. Move one to the trash, or ' +
            'change to a higher tier.',
          data: { limit: 'vehicles', tier: 'free', allowed: 2 },
        },
      ],
    })
    const admin = await forecourt.as('admin')
    await admin
      .patch(`/api/user-profiles/${owner.profile}`)
      .send({ subscriptionTier: 'pro' })
      .expect(200)
    await addVehicle().expect(201)
    await addVehicle().expect(403)
    await admin
      .patch(`/api/user-profiles/${owner.profile}`)
      .send({ subscriptionTier: 'enterprise' })
      .expect(200)
    await addVehicle().expect(201)
  })

  it('does not count the trash, and holds for what comes back from it', async () => {
    const id = readId(await addVehicle().expect(201))
    await addVehicle().expect(201)
    await owner.api.delete(`/api/vehicles/${id}`).expect(200)
    await addVehicle().expect(201)
    const refused = await owner.api.post(`/api/vehicles/${id}/restore`).expect(403)
    expect(refused.text).toContain('tier_required')
  })

  it('holds when vehicles are added at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => addVehicle()))
    const added = answers.filter(({ status }) => status === 201)
    expect([added.length, answers.length]).toEqual([2, 6])
  })

  it('holds for a vehicle that somebody transfers', async () => {
    const giver = await saveVerifiedOwner(forecourt)
    const vehicle = readId(await addVehicle(giver).expect(201))
    for (let count = 0; count < 2; count++) await addVehicle().expect(201)
    const terms = { withCosts: true, withDocuments: true }
    const offer = await offerTo(giver, owner, vehicle, terms)
    const refused = await owner.api.post(`/api/me/transfers/${offer}/accept`).expect(403)
    expect(refused.text).toContain('tier_required')
    await giver.api.get(`/api/vehicles/${vehicle}`).expect(200)
  })

  it('is not one for admins', async () => {
    const admin = await forecourt.as('admin')
    for (let count = 0; count < 3; count++)
      await admin.post('/api/vehicles').send({ vin: anyVin(), userId: owner.subject }).expect(201)
  })
})

describe('the limit of stored bytes', () => {
  it('is that of the tier, exactly, also when rows are added at the same time', async () => {
    const vehicle = readId(await addVehicle().expect(201))
    const body = { vehicle, title: 'Notes', documentType: 'manual', notes }
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => owner.api.post('/api/documents').send(body)),
    )
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([
      201, 403, 403, 403,
    ])
    const refused = answers.find(({ status }) => status === 403)
    expect(refused?.body).toMatchObject({
      errors: [{ code: 'tier_required', data: { limit: 'storedMb', allowed: 1 } }],
    })
  })
})

describe('the storage in the summary of an owner', () => {
  it('has the limit of the tier, or none', async () => {
    const readStorage = async () =>
      ((await owner.api.get('/api/me/summary').expect(200)).body as { storage: object }).storage
    await addVehicle().expect(201)
    expect(await readStorage()).toEqual({ bytes: expect.any(Number), limitBytes: 1_000_000 })
    await forecourt.sql(`update user_profiles set subscription_tier = 'pro' where id = $1`, [
      owner.profile,
    ])
    expect(await readStorage()).toMatchObject({ limitBytes: null })
  })
})
