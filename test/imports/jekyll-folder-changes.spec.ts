import { describe, expect, it } from '@jest/globals'
import { importFiles, listReasons } from '../fixtures/jekyll/import-folder.ts'
import { createMemoryInventory } from '../fixtures/jekyll/memory-inventory.ts'
import { SILVERADO, buildSiteFile } from '../fixtures/jekyll/site-folder.ts'

describe('cars that left the folder', () => {
  const files = {
    'a.md': buildSiteFile(),
    'b.md': buildSiteFile({ vin: SILVERADO, year: '2022', stock_number: 'A-17' }),
    'c.md': buildSiteFile({ vin: '5YJSA1H12FFP71790', year: '2015' }),
  }

  it('are named while they are available, also in a dry run, and stay as they are', async () => {
    const store = createMemoryInventory()
    expect((await importFiles(files, store)).left).toEqual([])
    const before = structuredClone(store.rows)
    for (const dryRun of [true, false]) {
      const { left } = await importFiles({ 'a.md': files['a.md'] }, store, { dryRun })
      expect(left?.map(({ vin, stockNumber }) => [vin, stockNumber])).toEqual([
        [SILVERADO, 'A-17'],
        ['5YJSA1H12FFP71790', null],
      ])
    }
    expect(store.rows).toEqual(before)
  })

  it('are not those whose file is refused, nor those that were sold', async () => {
    const store = createMemoryInventory()
    await importFiles(files, store)
    const sold = buildSiteFile({
      vin: SILVERADO,
      year: '2022',
      stock_number: 'A-17',
      status: 'sold',
    })
    await importFiles(
      { 'a.md': buildSiteFile({ price: '0' }), 'b.md': sold, 'c.md': files['c.md'] },
      store,
    )
    const { left } = await importFiles({ 'a.md': buildSiteFile({ price: '0' }) }, store)
    expect(left?.map(({ vin }) => vin)).toEqual(['5YJSA1H12FFP71790'])
  })
})

describe('a chassis number', () => {
  const skyline = { vin: 'BNR32-012345', year: '1990', make: 'Nissan', model: 'Skyline' }

  it('of a home-market car is kept where the file confirms it, with a note', async () => {
    const store = createMemoryInventory()
    const refused = await importFiles({ 'a.md': buildSiteFile(skyline) }, store)
    expect(listReasons(refused)).toEqual([
      expect.stringMatching(/confirm it.* In an import file, write confirm_vin: true\.$/),
    ])
    const report = await importFiles(
      { 'a.md': buildSiteFile({ ...skyline, confirm_vin: 'true' }) },
      store,
    )
    expect(report.outcomes).toMatchObject([
      { kind: 'created', unmapped: [], notes: [{ key: 'vin' }], car: { vin: 'BNR32012345' } },
    ])
    const wrong = await importFiles(
      { 'a.md': buildSiteFile({ ...skyline, confirm_vin: 'maybe' }) },
      store,
    )
    expect(listReasons(wrong)).toEqual([
      expect.stringContaining('confirm_vin "maybe"'),
      expect.stringContaining('confirm it'),
    ])
  })
})
