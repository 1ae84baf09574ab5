import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { findModelYearCandidates } from '../../src/domain/vin-year.ts'
import { OfflineDecoder } from '../../src/vin/adapters/offline/offline-decoder.ts'
import { VIN_FIELDS } from '../../src/vin/domain/facts.ts'
import { REAL_VINS } from '../support/real-vins.ts'
import { merge } from '../support/vin-facts.ts'
import { waitUntil } from '../support/work.ts'

let folder: string
let decoder: OfflineDecoder

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'forecourt-vin-'))
  decoder = new OfflineDecoder({ folder })
})

afterAll(async () => {
  await decoder.close()
  await rm(folder, { recursive: true })
})

async function decode(vin: string) {
  const { years } = findModelYearCandidates(vin, { latest: 2027 })
  return merge({ vin, offline: await decoder.decode(vin, years) })
}

describe('the vehicle database of the server', () => {
  it('knows no thread before the first VIN', () => {
    expect(new OfflineDecoder({ folder }).isRunning).toBe(false)
  })

  it.each(REAL_VINS)('knows the $year $make $model $vin', async ({ vin, ...expected }) => {
    const { fields, sources } = await decode(vin)
    const values = Object.fromEntries(VIN_FIELDS.map((field) => [field, fields[field]?.value]))
    expect(values).toMatchObject(expected)
    expect(sources.offline.status).toBe('decoded')
    expect(fields.model).toMatchObject({ source: 'offline', confidence: 'likely' })
  })

  it('knows the F-150 1FTFW5L86RFB45612, which the library takes for an F-550', async () => {
    expect((await decode('1FTFW5L86RFB45612')).fields.model?.value).toBe('F-150')
  })

  it('leaves the year of a truck open that exists in both years', async () => {
    const { fields, modelYears } = await decode('4ENGAAA81R1003437')
    expect(modelYears).toEqual([2024, 1994])
    expect(fields.year).toMatchObject({ source: 'vin', confidence: 'likely' })
  })

  it('describes no European VIN, which still has its maker and country', async () => {
    const { country, fields, sources } = await decode('WVWZZZ3CZEE140287')
    expect(sources.offline.status).toBe('no_data')
    expect(country).toBe('Germany')
    expect(fields.make).toMatchObject({ value: 'Volkswagen', source: 'vin' })
  })

  it('is unpacked once, under a name of its own', async () => {
    const names = await readdir(folder)
    expect(names).toEqual([expect.stringMatching(/^vpic-[0-9a-f]+-\d+\.db$/)])
  })
})

describe('the thread', () => {
  it('ends when no VIN has come for a while, and starts again with the next one', async () => {
    const brief = new OfflineDecoder({ folder, idleMs: 1 })
    await brief.decode('1HGCM82633A004352', [2003])
    await waitUntil(() => !brief.isRunning, 'the thread has ended')
    expect((await brief.decode('1HGCM82633A004352', [2003])).status).toBe('decoded')
    await brief.close()
  })

  it('replaces a damaged database', async () => {
    const other = await mkdtemp(path.join(tmpdir(), 'forecourt-vin-'))
    const [name = ''] = await readdir(folder)
    await writeFile(path.join(other, name), 'not a database at all'.repeat(1000))
    const second = new OfflineDecoder({ folder: other })
    expect((await second.decode('1HGCM82633A004352', [2003])).status).toBe('decoded')
    await second.close()
    await rm(other, { recursive: true })
  })

  it('says that the database is unavailable where it cannot be unpacked', async () => {
    const broken = new OfflineDecoder({ folder: '/dev/null/vin' })
    const result = await broken.decode('1HGCM82633A004352', [2003])
    expect(result).toMatchObject({
      status: 'unavailable',
      message: 'The vehicle database of this server could not be used. The log says why.',
    })
    expect(broken.isRunning).toBe(false)
    expect((await broken.decode('1HGCM82633A004352', [2003])).status).toBe('unavailable')
  })
})
