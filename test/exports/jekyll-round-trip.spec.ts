import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { generateFeed } from '../../plugins/exports/generate-feed.ts'
import { importFolder, type ImportReport } from '../../src/imports/jekyll/import.ts'
import { createPayloadInventory } from '../../src/imports/jekyll/payload-inventory.ts'
import { countOutcomes } from '../../src/imports/jekyll/report.ts'
import { photo, readFeed, saveListedCar } from '../support/feeds.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { unzip } from '../support/unzip.ts'

/** 64 real files of the dealership's site. They are not part of the repository. */
const REAL_FILES = fileURLToPath(new URL('../../../shared/data/jp-auto-inventory', import.meta.url))
const itWithFiles = existsSync(REAL_FILES) ? it : it.skip

let forecourt: TestForecourt
beforeAll(async () => {
  forecourt = await openForecourt()
})
afterAll(() => forecourt.close())
beforeEach(() => forecourt.sql('delete from inventory'))

const runImport = (folder: string): Promise<ImportReport> =>
  importFolder({
    folder,
    store: createPayloadInventory(forecourt.payload),
    now: new Date(),
    currency: 'USD',
    dryRun: false,
    print: () => undefined,
  })

/** The files of the Jekyll feed in a folder, as long as `use` takes. */
async function withFeed<Result>(use: (folder: string, names: string[]) => Promise<Result>) {
  const folder = await mkdtemp(path.join(tmpdir(), 'feed-'))
  try {
    const req = { payload: forecourt.payload }
    const { body } = await generateFeed(req, 'jekyll', { now: new Date() })
    const files = unzip(await buffer(body))
    for (const [name, bytes] of files)
      await writeFile(path.join(folder, path.basename(name)), bytes)
    return await use(folder, [...files.keys()])
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** What a site file can say about the cars, without what the database adds. */
async function loadCars() {
  const { rows } = await forecourt.sql('select * from inventory order by vin')
  return rows.map(({ id: _, created_at: __, updated_at: ___, ...row }) => row)
}

describe('the Jekyll feed, read back by our import', () => {
  itWithFiles('changes none of the cars of the real site files', async () => {
    const first = countOutcomes(await runImport(REAL_FILES))
    expect(first).toMatchObject({ created: 59, refused: 5 })
    const stock = await forecourt.sql(
      `select count(*)::int as cars from inventory where status in ('available', 'pending')`,
    )
    const cars: unknown = stock.rows[0]?.cars
    await withFeed(async (folder, names) => {
      expect(names).toHaveLength(Number(cars))
      const again = countOutcomes(await runImport(folder))
      expect(again).toEqual({ created: 0, changed: 0, unchanged: cars, refused: 0 })
    })
  })

  it('gives the same cars where there are none, whatever their texts say', async () => {
    const vin = 'WVWZZZ3CZEE140287' // a filler at position 9
    await saveListedCar(forecourt, {
      description: 'Line one\n\n---\n{% include secret %} # not a heading: "quoted"\n- dash',
      warranty: 'Yes\nand no',
      features: ['no', '12:30', '0012', '= sum', '# hash', 'a: b', "it's \\ fine", '- dash'],
      trim: 'On',
      stockNumber: '0012',
      engine: '1e3',
      owners: 1,
      accidents: 0,
      serviceRecords: true,
      featured: true,
      msrp: 31_000.5,
      carfaxUrl: 'https://www.carfax.com/1?a=b#c',
      images: ['/assets/front.jpg', photo(2)],
    })
    await saveListedCar(forecourt, { vin, year: 2014, status: 'pending' })
    const before = await loadCars()
    await withFeed(async (folder, names) => {
      expect(countOutcomes(await runImport(folder))).toMatchObject({ changed: 0, unchanged: 2 })
      await forecourt.sql('delete from inventory')
      expect(names).toContain('_vehicles/EE140287.md')
      expect(countOutcomes(await runImport(folder))).toMatchObject({ created: 2, refused: 0 })
    })
    const slug: unknown = expect.stringMatching(/^20\d\d-honda-accord-/)
    const imported = before.map((row) => ({ ...row, cost: null, slug }))
    expect(await loadCars()).toEqual(imported)
  })

  it('is a ZIP with a file for each car; those that share an end of the VIN have all of it', async () => {
    await saveListedCar(forecourt, { vin: '1HGCM82633A004352', year: 2003 })
    await saveListedCar(forecourt)
    await forecourt.sql(`update inventory set vin = 'X' || substr(vin, 2) where year <> 2003`)
    await forecourt.sql(
      `update inventory set vin = substr(vin, 1, 9) || '3A004352' where year <> 2003`,
    )
    const { contents, fileName, text } = await readFeed(forecourt, 'jekyll')
    expect(fileName).toBe('jekyll.zip')
    expect(contents.listed).toHaveLength(2)
    expect(text).toContain('_vehicles/1HGCM82633A004352.md')
    expect(text.startsWith('PK')).toBe(true)
  })
})
