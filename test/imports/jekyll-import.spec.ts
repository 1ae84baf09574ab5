import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { importFiles, importTestFolder, listReasons } from '../fixtures/jekyll/import-folder.ts'
import type { ImportReport } from '../../src/imports/jekyll/import.ts'
import type { InventoryStore } from '../../src/imports/jekyll/inventory-store.ts'
import { countOutcomes } from '../../src/imports/jekyll/report.ts'
import { createMemoryInventory } from '../fixtures/jekyll/memory-inventory.ts'
import { ACCORD, SILVERADO, buildSiteFile, withFolder } from '../fixtures/jekyll/site-folder.ts'

const kinds = ({ outcomes }: ImportReport): string[] =>
  outcomes.map(({ file, kind }) => `${file} ${kind}`)

describe('an import', () => {
  it('creates a car that the inventory does not have', async () => {
    const store = createMemoryInventory()
    expect(kinds(await importFiles({ 'a.md': buildSiteFile() }, store))).toEqual(['a.md created'])
    expect(store.rows).toEqual([
      {
        id: 'car-1',
        vin: ACCORD,
        year: 2003,
        make: 'Honda',
        model: 'Accord',
        price: 4999,
        mileage: 119_900,
        description: 'A good car.',
      },
    ])
  })

  it('writes only the columns that changed, and leaves the others alone', async () => {
    const store = createMemoryInventory([
      {
        id: 'car-1',
        vin: ACCORD,
        year: 2003,
        make: 'Honda',
        model: 'Accord',
        price: 5499,
        mileage: 119_900,
        trim: 'EX',
      },
    ])
    const report = await importFiles({ 'a.md': buildSiteFile() }, store)
    expect(report.outcomes).toMatchObject([
      { file: 'a.md', kind: 'changed', fields: ['price', 'description'] },
    ])
    expect(store.writes).toEqual(['update car-1 price description'])
    expect(store.rows[0]).toMatchObject({ price: 4999, trim: 'EX' })
  })

  it('finds a car again whose VIN is written in another way', async () => {
    const store = createMemoryInventory()
    await importFiles({ 'a.md': buildSiteFile() }, store)
    expect(
      kinds(await importFiles({ 'b.md': buildSiteFile({ vin: '1hgcm826-33a004352' }) }, store)),
    ).toEqual(['b.md unchanged'])
  })

  it('changes nothing the second time', async () => {
    const store = createMemoryInventory()
    const files = {
      'a.md': buildSiteFile({
        features: '[]',
        images: '[/a, /b]',
        primary_image: '/b',
        date_added: '2025-11-10',
        previous_owners: '4+',
      }),
      'b.md': buildSiteFile({
        vin: SILVERADO,
        year: '2022',
        permalink: '/vehicles/NG668790/',
        service_records_on_file: '5-10',
      }),
    }
    expect(countOutcomes(await importFiles(files, store))).toMatchObject({ created: 2 })
    const writes = [...store.writes]
    expect(countOutcomes(await importFiles(files, store))).toEqual({
      created: 0,
      changed: 0,
      unchanged: 2,
      refused: 0,
    })
    expect(store.writes).toEqual(writes)
  })

  it('keeps the rest when a file is refused, and accounts for every file in order', async () => {
    const files = {
      'c.md': buildSiteFile({ vin: SILVERADO, year: '2022' }),
      'b.md': buildSiteFile({ price: '0' }),
      'a.md': 'no front matter',
      'x.txt': '',
    }
    const report = await withFolder(files, async (folder) => {
      await mkdir(join(folder, 'd.md'))
      return importTestFolder(folder, createMemoryInventory())
    })
    expect(kinds(report)).toEqual(['a.md refused', 'b.md refused', 'c.md created', 'd.md refused'])
    expect(report.skipped).toEqual([{ name: 'x.txt', why: 'not a markdown file' }])
  })

  it('has nothing to say of an empty folder', async () => {
    expect((await importFiles({}, createMemoryInventory())).outcomes).toEqual([])
  })

  it('speaks up now and then on a long run, and not on a short one', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 120 }, (_, index) => [`${index}.md`, 'x']),
    )
    const lines: string[] = []
    await importFiles(files, createMemoryInventory(), { print: (line) => lines.push(line) })
    await importFiles({ 'a.md': buildSiteFile() }, createMemoryInventory(), {
      print: (line) => lines.push(line),
    })
    expect(lines).toEqual(['50 of 120 files processed', '100 of 120 files processed'])
  })
})

describe('two files of one car', () => {
  it('end with the second refused, which names the first', async () => {
    const store = createMemoryInventory()
    const report = await importFiles(
      { 'a.md': buildSiteFile(), 'b.md': buildSiteFile({ price: '9999' }) },
      store,
    )
    expect(kinds(report)).toEqual(['a.md created', 'b.md refused'])
    expect(listReasons(report)).toEqual([
      `vin ${ACCORD} is already used by a.md in this folder; keep one of the two files.`,
    ])
    expect(store.rows).toHaveLength(1)
  })

  it('are told beside the other problems of the second', async () => {
    const report = await importFiles(
      { 'a.md': buildSiteFile(), 'b.md': buildSiteFile({ price: '0' }) },
      createMemoryInventory(),
    )
    expect(listReasons(report)).toEqual([
      expect.stringContaining('price "0" is 0'),
      expect.stringContaining('already used by a.md'),
    ])
  })

  it('do not shut out the second when the first was refused', async () => {
    const report = await importFiles(
      { 'a.md': buildSiteFile({ price: '0' }), 'b.md': buildSiteFile() },
      createMemoryInventory(),
    )
    expect(kinds(report)).toEqual(['a.md refused', 'b.md created'])
  })

  it('may not share a stock number either', async () => {
    const files = {
      'a.md': buildSiteFile({ stock_number: 'A-17' }),
      'b.md': buildSiteFile({ vin: SILVERADO, year: '2022', permalink: '/vehicles/A-17/' }),
    }
    const report = await importFiles(files, createMemoryInventory())
    expect(listReasons(report)).toEqual([
      'stock number A-17 is already used by a.md in this folder; keep one of the two files.',
    ])
  })
})

describe('a dry run', () => {
  const files = {
    'a.md': buildSiteFile(),
    'b.md': buildSiteFile({ vin: SILVERADO, year: '2022', stock_number: 'A-17' }),
    'c.md': buildSiteFile({ vin: '5YJSA1H12FFP71790', year: '2015', price: '0' }),
    'd.md': buildSiteFile({ vin: SILVERADO, year: '2022' }),
  }
  const stocked = () =>
    createMemoryInventory([
      { id: 'car-1', vin: ACCORD, price: 1 },
      { id: 'car-2', vin: '2GKFLTEK4H6343592', stockNumber: 'A-17' },
    ])

  it('writes nothing and comes to the same outcomes', async () => {
    const store = stocked()
    const before = structuredClone(store.rows)
    const planned = await importFiles(files, store, { dryRun: true })
    expect(store.rows).toEqual(before)
    expect(store.writes).toEqual([])
    const real = await importFiles(files, store)
    expect(planned.outcomes).toEqual(real.outcomes)
    expect(kinds(real)).toEqual(['a.md changed', 'b.md refused', 'c.md refused', 'd.md refused'])
  })

  it('writes nothing either where the store has no rehearsal', async () => {
    const { dryRun, ...store } = stocked()
    expect(dryRun).toBeDefined()
    expect(kinds(await importFiles({ 'a.md': files['a.md'] }, store, { dryRun: true }))).toEqual([
      'a.md changed',
    ])
    expect(store.writes).toEqual([])
  })
})

describe('a store', () => {
  it('that does not take a car has its reason told, and the rest is kept', async () => {
    const store = createMemoryInventory([
      { id: 'car-1', vin: '2GKFLTEK4H6343592', stockNumber: 'A-17' },
    ])
    const other = buildSiteFile({ vin: SILVERADO, year: '2022' })
    const report = await importFiles(
      { 'a.md': buildSiteFile({ stock_number: 'A-17' }), 'b.md': other },
      store,
    )
    expect(report.outcomes).toMatchObject([
      {
        kind: 'refused',
        refusals: [{ key: 'stockNumber', value: '', reason: 'stock number A-17 is taken.' }],
      },
      { kind: 'created' },
    ])
  })

  it('that fails ends the import with how far it came and the way out', async () => {
    const store = createMemoryInventory()
    const broken: InventoryStore = {
      ...store,
      findByVin: (vin) =>
        vin === SILVERADO
          ? Promise.reject(new Error('connect ECONNREFUSED'))
          : store.findByVin(vin),
    }
    const files = {
      'a.md': buildSiteFile(),
      'b.md': buildSiteFile({ vin: SILVERADO, year: '2022' }),
      'c.md': buildSiteFile(),
    }
    await withFolder(files, async (folder) => {
      await expect(importTestFolder(folder, broken)).rejects.toThrow(
        'the import stopped at b.md: connect ECONNREFUSED. 1 of 3 files were processed ' +
          'before that. Fix the problem and run the import again: saved cars are not imported twice.',
      )
      expect(store.rows).toHaveLength(1)
      await writeFile(
        join(folder, 'c.md'),
        buildSiteFile({ vin: '2GKFLTEK4H6343592', year: '2017' }),
      )
      expect(kinds(await importTestFolder(folder, store))).toEqual([
        'a.md unchanged',
        'b.md created',
        'c.md created',
      ])
    })
  })
})
