import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import type { VinDecoding } from '../../src/vin/domain/decoding.ts'
import { VIN_FIELDS } from '../../src/vin/domain/facts.ts'
import { anyVin } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import type { Owner } from '../support/owners.ts'
import { REAL_VINS } from '../support/real-vins.ts'
import { findRedis, openRedis, type RedisPeer } from '../support/redis-peer.ts'
import { prepareVinFolder, type VinFolder } from '../support/vin-folder.ts'
import { startVpicPeer, type VpicPeer } from '../support/vpic-peer.ts'

const ACCORD = '1HGCM82633A004352'
const WEEK_SECONDS = 7 * 86_400

let forecourt: TestForecourt
let peer: VpicPeer
let folder: VinFolder
let redis: RedisPeer | undefined
let owner: Owner
let manager: Api

beforeAll(async () => {
  peer = await startVpicPeer()
  folder = await prepareVinFolder()
  redis = findRedis() ? await openRedis() : undefined
  forecourt = await openForecourt({
    ...peer.settings,
    ...folder.settings,
    ...(redis && { REDIS_URL: redis.url }),
  })
  owner = await forecourt.asOwner()
  manager = await forecourt.as('manager')
})
afterEach(() => {
  peer.always(null)
  peer.limit = null
})
afterAll(async () => {
  await forecourt.close()
  await redis?.kill()
  await peer.stop()
  await folder.remove()
})

const decode = async (vin: string, query = ''): Promise<VinDecoding> =>
  (await manager.get(`/api/vin/decode/${vin}${query}`).expect(200)).body

describe('GET /api/vin/decode/:vin', () => {
  it.each(REAL_VINS)('knows the $year $make $model $vin by vPIC', async ({ vin, ...expected }) => {
    const { fields, sources } = await decode(vin)
    const values = Object.fromEntries(VIN_FIELDS.map((field) => [field, fields[field]?.value]))
    expect(values).toMatchObject(expected)
    expect(sources.vpic).toEqual({ status: 'decoded', message: null })
    for (const field of ['model', 'bodyStyle', 'transmission'] as const)
      expect(fields[field]).toMatchObject({ source: 'vpic', confidence: 'confirmed' })
  })

  it('asks each source once in seven days', async () => {
    await decode(ACCORD)
    const before = peer.requests.length
    const again = await decode(' 1hgcm82633a004352 ')
    expect(again.fields.model?.value).toBe('Accord')
    expect(peer.requests).toHaveLength(before)
    if (!redis) return
    const client = new Redis(redis.url)
    expect(await client.hkeys(`vin:decode:${ACCORD}`)).toEqual(['vin offline vpic economy'])
    const seconds = await client.ttl(`vin:decode:${ACCORD}`)
    client.disconnect()
    expect(seconds).toBeGreaterThan(WEEK_SECONDS - 600)
    expect(seconds).toBeLessThanOrEqual(WEEK_SECONDS)
  })

  it('adds doors and fuel economy of fueleconomy.gov', async () => {
    const { fields } = await decode(ACCORD)
    expect(fields.mpgCity).toEqual({ value: 18, source: 'epa', confidence: 'likely' })
    expect(fields.mpgHighway).toEqual({ value: 26, source: 'epa', confidence: 'likely' })
    expect(fields.doors).toMatchObject({ value: 2, source: 'vpic' })
  })

  it('keeps the year that was entered, and says what the VIN stands for', async () => {
    const { fields, contradictions } = await decode(ACCORD, '?year=2004')
    expect(fields.year).toEqual({ value: 2004, source: 'typed', confidence: 'confirmed' })
    expect(contradictions).toMatchObject([{ field: 'year', typed: 2004, decoded: 2003 }])
  })

  it('serves owners and staff, but nobody else', async () => {
    await owner.api.get(`/api/vin/decode/${ACCORD}`).expect(200)
    await (await forecourt.as('viewer')).get(`/api/vin/decode/${ACCORD}`).expect(200)
    await forecourt.anonymous.get(`/api/vin/decode/${ACCORD}`).expect(401)
  })

  it('limits how often an owner decodes', async () => {
    const other = await forecourt.asOwner()
    const statuses: number[] = []
    for (let time = 0; time <= 100; time++)
      statuses.push((await other.api.get(`/api/vin/decode/${ACCORD}`)).status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(100)
    expect(statuses.at(-1)).toBe(429)
  })

  it.each([
    ['1HGCM82643A004352', /check digit 4, expected 3/],
    ['1HGCM8263', /has 9 characters/],
    ['BNR32-012345', /chassis number/],
    ['1HGCM8263OA004352', /never contains I, O or Q/],
  ])('refuses %s with a way out', async (vin, message) => {
    const { body } = await manager.get(`/api/vin/decode/${vin}`).expect(400)
    expect(body.errors[0].message).toMatch(message)
  })

  it.each(['constructor', '<b>Wrong</b>', '1,__proto__'])(
    'never shows the error code %s, which vPIC does not have',
    async (code) => {
      peer.always({ text: JSON.stringify({ Results: [{ Make: 'HONDA', ErrorCode: code }] }) })
      const { sources } = await decode(anyVin())
      const reason = code.startsWith('1,') ? ': the check digit is wrong' : ''
      expect(sources.vpic.message).toBe(`vPIC has doubts about this VIN${reason}.`)
    },
  )

  it('takes numbers and leaves out what is not a text', async () => {
    const result = { Make: 'HONDA', Model: ['Accord'], Doors: 4, Trim: { a: 1 }, ErrorCode: 0 }
    peer.always({ text: JSON.stringify({ Results: [result] }) })
    const { fields, sources } = await decode(anyVin())
    expect(sources.vpic.status).toBe('decoded')
    expect(fields.doors).toMatchObject({ value: 4, source: 'vpic' })
    expect([fields.model, fields.trim]).not.toContainEqual(
      expect.objectContaining({ source: 'vpic' }),
    )
  })

  it('never puts its error text into a field', async () => {
    const { fields, sources } = await decode('WVWZZZ3CZEE140287')
    expect(sources.vpic).toEqual({
      status: 'no_data',
      message:
        'vPIC has doubts about this VIN: the manufacturer is not registered for the American ' +
        'market.',
    })
    expect(fields.make).toMatchObject({ value: 'Volkswagen', source: 'vin' })
    expect(fields.model).toBeNull()
  })
})

describe('GET /api/vin/recalls', () => {
  const query = 'make=Honda&model=Accord&year=2003'

  it('lists the recalls of a model, which may apply', async () => {
    const { body } = await owner.api.get(`/api/vin/recalls?${query}`).expect(200)
    expect(body.note).toContain('may apply')
    expect(body.recalls).toEqual([
      expect.objectContaining({ campaign: '19V182000', reportedOn: '2019-02-28' }),
    ])
  })

  it('says so if NHTSA is unavailable', async () => {
    peer.always({ status: 500 })
    const { headers, body } = await manager.get(`/api/vin/recalls?${query}`).expect(503)
    expect(headers['retry-after']).toBe('30')
    expect(body.errors[0].message).toBe('NHTSA responded with status 500.')
  })

  it('refuses anonymous callers and a missing model', async () => {
    await forecourt.anonymous.get(`/api/vin/recalls?${query}`).expect(401)
    await manager.get('/api/vin/recalls?make=Honda&year=2003').expect(400)
  })
})
