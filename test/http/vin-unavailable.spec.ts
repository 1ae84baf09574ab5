import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { anyVin } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { findRedis, openRedis } from '../support/redis-peer.ts'
import { prepareVinFolder, type VinFolder } from '../support/vin-folder.ts'
import { startVpicPeer, type VpicPeer } from '../support/vpic-peer.ts'

const ACCORD = '1HGCM82633A004352'
const LEAF = '1N4AZ1BV7PC559973'

let peer: VpicPeer
let folder: VinFolder
let forecourt: TestForecourt
let manager: Api

beforeAll(async () => {
  peer = await startVpicPeer()
  folder = await prepareVinFolder()
})
afterAll(async () => {
  await peer.stop()
  await folder.remove()
})
afterEach(async () => {
  peer.always(null)
  await forecourt.close()
})

async function open({ settings }: VpicPeer = peer): Promise<void> {
  forecourt = await openForecourt({ VPIC_URL: settings.VPIC_URL, ...folder.settings })
  manager = await forecourt.as('manager')
}

const REJECTED = 'vPIC rejects requests from this server for now, because there were too many.'
const describeUnavailable = (message: string) => ({
  field: 'vin',
  code: 'vin_decode_unavailable',
  message: message.replace(/\.$/, ''),
})
const countDecodes = () => peer.requests.filter((path) => path.includes('DecodeVin')).length

describe.each([
  ['is down', 'cut', 'vPIC could not be reached.'],
  ['is malformed', { text: '<html>' }, 'vPIC returned a response that cannot be read.'],
  ['has no result', { text: '{"Results":[]}' }, 'vPIC returned a response that cannot be read.'],
  ['is broken', { status: 500 }, 'vPIC responded with status 500.'],
  ['rejects requests', { status: 403 }, REJECTED],
  ['is silent', 'silent', 'vPIC did not respond in time.'],
] as const)('a vPIC that %s', (_, canned, message) => {
  it('is unavailable: the offline database answers, and fills in a car', async () => {
    await open()
    peer.always(canned)
    const { body } = await manager.get(`/api/vin/decode/${LEAF}`).expect(200)
    expect(body.sources.vpic).toEqual({ status: 'unavailable', message })
    expect(body.fields.model).toMatchObject({ value: 'Leaf', source: 'offline' })
    expect(JSON.stringify(body)).not.toContain('html')
    const before = countDecodes()
    const { body: again } = await manager.get(`/api/vin/decode/${LEAF}`).expect(200)
    expect(again.sources.vpic).toEqual({ status: 'unavailable', message })
    const { body: saved } = await manager
      .post('/api/inventory')
      .send({ vin: LEAF, price: 9_500, mileage: 12_000 })
      .expect(201)
    expect(saved.doc).toMatchObject({ year: 2023, make: 'Nissan', model: 'Leaf' })
    expect(saved.warnings).toContainEqual(describeUnavailable(message))
    expect(JSON.stringify(saved)).not.toContain('html')
    expect(countDecodes()).toBe(before)
  })
})

it('saves a vehicle while vPIC is silent', async () => {
  await open()
  const owner = await forecourt.asOwner()
  peer.always('silent')
  const { body } = await owner.api.post('/api/vehicles').send({ vin: LEAF }).expect(201)
  expect(body.warnings).toContainEqual(describeUnavailable('vPIC did not respond in time.'))
})

it('saves the 51st car of a batch, which vPIC rejects', async () => {
  // a peer of its own: one that was silent before may still get a second try
  const counting = await startVpicPeer()
  await open(counting)
  const owner = await forecourt.asOwner()
  counting.limit = 50
  const warnings: object[][] = []
  for (let time = 0; time < 52; time++) {
    const { body } = await owner.api.post('/api/vehicles').send({ vin: anyVin() }).expect(201)
    warnings.push(body.warnings ?? [])
  }
  const rejected = describeUnavailable(REJECTED)
  expect(warnings.slice(0, 50).flat()).not.toContainEqual(rejected)
  expect(warnings[50]).toContainEqual(rejected)
  expect(warnings[51]).toContainEqual(rejected)
  await counting.stop()
})

const itWithRedis = findRedis() ? it : it.skip
itWithRedis('asks vPIC once it is turned on, although Redis has an answer without it', async () => {
  const redis = await openRedis()
  const decode = async (settings: Record<string, string>) => {
    forecourt = await openForecourt({ REDIS_URL: redis.url, ...settings })
    manager = await forecourt.as('manager')
    return (await manager.get(`/api/vin/decode/${LEAF}`).expect(200)).body.sources.vpic.status
  }
  expect(await decode({})).toBe('off')
  await forecourt.close()
  expect(await decode({ VPIC_URL: peer.settings.VPIC_URL })).toBe('decoded')
  await redis.kill()
})

describe('without any source', () => {
  beforeEach(async () => {
    forecourt = await openForecourt()
    manager = await forecourt.as('manager')
  })

  it('says what is off, and has what the VIN itself says', async () => {
    const { body } = await manager.get(`/api/vin/decode/${ACCORD}`).expect(200)
    expect(body.sources).toEqual({
      offline: { status: 'off', message: 'VINs are not decoded offline: VIN_OFFLINE is false.' },
      vpic: { status: 'off', message: 'vPIC is off: set VPIC_URL.' },
      epa: { status: 'off', message: 'fueleconomy.gov is off: set FUEL_ECONOMY_URL.' },
    })
    expect(body.fields.make).toMatchObject({ value: 'Honda', source: 'vin' })
  })

  it('fills in nothing', async () => {
    const owner = await forecourt.asOwner()
    const { body } = await owner.api.post('/api/vehicles').send({ vin: anyVin() }).expect(201)
    expect(body.doc.make ?? null).toBeNull()
    expect(body.warnings ?? []).toEqual([])
  })

  it('says that recalls are off', async () => {
    const query = 'make=Honda&model=Accord&year=2003'
    const { body } = await manager.get(`/api/vin/recalls?${query}`).expect(501)
    expect(body.errors[0].message).toContain('set NHTSA_RECALLS_URL')
  })
})
