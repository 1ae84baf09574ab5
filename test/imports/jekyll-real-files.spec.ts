import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'
import { importFolder } from '../../src/imports/jekyll/import.ts'
import type { ImportReport } from '../../src/imports/jekyll/import.ts'
import type { InventoryStore } from '../../src/imports/jekyll/inventory-store.ts'
import {
  countOutcomes,
  groupNotes,
  renderReport,
  countUnmappedKeys,
} from '../../src/imports/jekyll/report.ts'
import { createMemoryInventory } from '../fixtures/jekyll/memory-inventory.ts'

/** 64 real files of the dealership's site. They are not part of the repository. */
const folder = fileURLToPath(new URL('../../../shared/data/jp-auto-inventory', import.meta.url))
const isThere = existsSync(folder)
if (!isThere) process.stdout.write(`SKIPPED: the 64 real site files are not at ${folder}\n`)

const run = (store: InventoryStore, dryRun = false): Promise<ImportReport> =>
  importFolder({
    folder,
    store,
    now: new Date('2026-11-21T12:00:00Z'),
    currency: 'USD',
    dryRun,
    print: () => undefined,
  })

;(isThere ? describe : describe.skip)('the 64 real site files', () => {
  it('are all accounted for', async () => {
    const report = await run(createMemoryInventory())
    expect(report.outcomes.map(({ file }) => file)).toEqual((await readdir(folder)).sort())
    expect(countOutcomes(report)).toEqual({ created: 59, changed: 0, unchanged: 0, refused: 5 })
  })

  it('are refused for three VINs and two prices, each by name', async () => {
    const { outcomes } = await run(createMemoryInventory())
    const refused = outcomes.flatMap((outcome) =>
      outcome.kind === 'refused'
        ? outcome.refusals.map(({ key, value, reason }) => [outcome.file, key, value, reason])
        : [],
    )
    expect(refused).toEqual([
      [
        '2019-tesla-model-3-387284.md',
        'price',
        '0.00',
        expect.stringContaining('price "0.00" is 0: '),
      ],
      [
        '2019-toyota-rav4.md',
        'vin',
        '2T3BFREV5KW000002',
        expect.stringContaining('has check digit 5, expected 4.'),
      ],
      [
        '2020-honda-accord-ex-123456.md',
        'vin',
        '1HGCV1F30JA123456',
        expect.stringContaining('has check digit 0, expected 5.'),
      ],
      [
        '2021-ford-f150.md',
        'vin',
        '1FTFW1E50MFA00003',
        expect.stringContaining('has check digit 0, expected 7.'),
      ],
      [
        '2023-tesla-model-y-711895.md',
        'price',
        '0.00',
        expect.stringContaining('price "0.00" is 0: '),
      ],
    ])
  })

  it('become cars with all that they say', async () => {
    const store = createMemoryInventory()
    await run(store)
    const [modelX] = store.rows.filter(({ vin }) => vin === '7SAXCDE51PF424688')
    expect(modelX).toMatchObject({
      status: 'available',
      year: 2023,
      make: 'TESLA',
      model: 'Model X',
      stockNumber: 'PF424688',
      serviceRecords: true,
      listedAt: expect.stringMatching(/^2026-\d\d-\d\dT00:00:00\.000Z$/),
    })
    expect(modelX?.images?.[0]).toBe(modelX?.thumbnail)
    expect(modelX?.description?.length).toBeGreaterThan(100)
    expect(store.rows.filter(({ stockNumber }) => stockNumber !== undefined)).toHaveLength(40)
  })

  it('lose nothing in silence: keys are counted, shortened values are noted', async () => {
    const report = await run(createMemoryInventory())
    expect(countUnmappedKeys(report).map(({ key, files }) => `${key} ${files}`)).toEqual([
      'carfax_available 64',
      'layout 64',
      'title 64',
      'permalink 40',
      'horsepower 2',
      'towing_capacity 1',
    ])
    expect(
      groupNotes(report).map(({ message, files }) => [
        message.replace(/ is saved.*/, ''),
        files.length,
      ]),
    ).toEqual([
      ['service_records_on_file "5-10"', 15],
      ['service_records_on_file "Less than 5"', 13],
      ['service_records_on_file "10-20"', 9],
      ['service_records_on_file "20+ records"', 4],
      ['previous_owners "4+"', 3],
      ['VIN 4S4B1H213AA222222', 1],
    ])
  })

  it('change nothing the second time', async () => {
    const store = createMemoryInventory()
    await run(store)
    const writes = store.writes.length
    expect(countOutcomes(await run(store))).toEqual({
      created: 0,
      changed: 0,
      unchanged: 59,
      refused: 5,
    })
    expect(store.writes).toHaveLength(writes)
  })

  it('come to the same outcomes in a dry run, which writes nothing', async () => {
    const store = createMemoryInventory()
    const planned = await run(store, true)
    expect(store.writes).toEqual([])
    expect(planned.outcomes).toEqual((await run(store)).outcomes)
  })

  it('fit on a terminal', async () => {
    const lines = renderReport(await run(createMemoryInventory())).split('\n')
    expect(lines.filter((line) => line.length > 120)).toEqual([])
    expect(lines).toContain('64 files: 59 created, 0 changed, 0 unchanged, 5 refused')
  })
})
