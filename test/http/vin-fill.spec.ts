import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { anyVin } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import type { Owner } from '../support/owners.ts'
import { prepareVinFolder, type VinFolder } from '../support/vin-folder.ts'
import { startVpicPeer, type VpicPeer } from '../support/vpic-peer.ts'

const ACCORD = '1HGCM82633A004352'

let forecourt: TestForecourt
let peer: VpicPeer
let folder: VinFolder
let owner: Owner
let manager: Api

beforeAll(async () => {
  peer = await startVpicPeer()
  folder = await prepareVinFolder()
  forecourt = await openForecourt({ ...peer.settings, ...folder.settings })
  owner = await forecourt.asOwner()
  manager = await forecourt.as('manager')
})
afterAll(async () => {
  await forecourt.close()
  await peer.stop()
  await folder.remove()
})

/** Decodes a VIN, so that saving finds it in the cache, however busy the machine is. */
const decode = (vin: string) => manager.get(`/api/vin/decode/${vin}`).expect(200)

describe('saving a new car by its VIN', () => {
  const lot = (about: object) =>
    manager.post('/api/inventory').send({ price: 9_500, mileage: 120_000, ...about })

  it('fills in what is empty on the lot, keeps the rest, and says so', async () => {
    await decode(ACCORD)
    const { body } = await lot({ vin: ACCORD, trim: 'EX Coupe', doors: 2 }).expect(201)
    expect(body.doc).toMatchObject({
      year: 2003,
      make: 'Honda',
      model: 'Accord',
      trim: 'EX Coupe',
      bodyStyle: 'Coupe',
      fuelType: 'Gasoline',
      transmission: '8-Speed Automatic',
      mpgCity: 18,
    })
    expect(body.warnings).toContainEqual({
      field: 'vin',
      code: 'vin_filled',
      message: expect.stringMatching(/^Filled in from VIN 1HGCM82633A004352: year 2003/),
    })
  })

  it('fills in an owner’s vehicle', async () => {
    await decode('3FA6P0UU9JR125413')
    const { body } = await owner.api
      .post('/api/vehicles')
      .send({ vin: '3FA6P0UU9JR125413', nickname: 'Blue' })
      .expect(201)
    expect(body.doc).toMatchObject({ year: 2018, make: 'Ford', model: 'Fusion', trim: 'S Hybrid' })
  })

  it('warns if another make was entered, and then fills in nothing', async () => {
    await decode('4T1G11AK4MU418380')
    const { body } = await owner.api
      .post('/api/vehicles')
      .send({ vin: '4T1G11AK4MU418380', make: 'Honda' })
      .expect(201)
    expect(body.doc.model ?? null).toBeNull()
    expect(body.warnings).toContainEqual({
      field: 'make',
      code: 'vin_contradicts',
      message: 'VIN 4T1G11AK4MU418380 stands for make Toyota, but the make entered is Honda',
    })
  })

  it('leaves cars of imports and of our own code as they are', async () => {
    const { payload } = forecourt
    const data = { userId: owner.subject, vin: '5XXG64J25RG261110' }
    const saved = await payload.create({ collection: 'vehicles', data, overrideAccess: true })
    expect(saved.make ?? null).toBeNull()
  })

  it('asks no source if nothing is empty', async () => {
    const before = peer.requests.length
    const facts = { year: 2021, make: 'Honda', model: 'Accord', trim: 'Sport', engine: 'I4' }
    await owner.api
      .post('/api/vehicles')
      .send({ vin: anyVin(), ...facts, transmission: 'CVT' })
      .expect(201)
    expect(peer.requests).toHaveLength(before)
  })

  it('refuses a car without year, make and model if its VIN does not tell them', async () => {
    await decode('WVWZZZ3CZEE140287')
    const { body } = await lot({ vin: 'WVWZZZ3CZEE140287' }).expect(400)
    expect(JSON.stringify(body.errors)).toMatch(/Model/)
  })
})
