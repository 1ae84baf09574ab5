import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { importCatalogFile } from '../../src/catalog/import-file.ts'
import { deleteDemoCatalog, recordDemoCatalog } from '../../src/demo/catalog/store.ts'
import { getPostgresAdapter } from '../../src/database/transaction.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'

const HEADER = 'year,make,model,trim,engine,transmission'
const NOW = new Date('2026-11-30T12:00:00Z')

let forecourt: TestForecourt
let folder: string
beforeAll(async () => {
  forecourt = await openForecourt()
  folder = await mkdtemp(path.join(tmpdir(), 'catalog-'))
})
beforeEach(async () => {
  await forecourt.sql('delete from vehicle_options')
  await forecourt.sql('delete from engines')
  await forecourt.sql('delete from transmissions')
  for (const name of await readdir(folder)) await rm(path.join(folder, name))
})
afterAll(async () => {
  await forecourt.close()
  await rm(folder, { recursive: true })
})

const importText = async (text: string | Buffer, name = 'cars.csv') => {
  const file = path.join(folder, name)
  await writeFile(file, text)
  const { pool } = getPostgresAdapter(forecourt.payload)
  return importCatalogFile({ file, pool, now: NOW, print: () => undefined })
}
const importLines = (...lines: string[]) => importText([HEADER, ...lines, ''].join('\n'))
/** The catalog, as `year make model trim / engine / transmission`. */
const readCatalog = async (): Promise<string[]> => {
  const { rows } = await forecourt.sql(`
    select concat_ws(' / ', concat_ws(' ', year, make, model, trim), coalesce(name, '-'),
      coalesce(type, '-')) as option
    from vehicle_options left join engines on engines.id = engine_id
    left join transmissions on transmissions.id = transmission_id`)
  return rows.map(({ option }) => String(option)).sort()
}

describe('an import of a catalog', () => {
  it('keeps the options of the demo that it has too when the demo is removed', async () => {
    await importLines('2021,Honda,Accord,LX,1.5L Turbo I4,CVT', '2021,Honda,Civic,LX,,')
    const client = getPostgresAdapter(forecourt.payload).pool
    await recordDemoCatalog(client)
    await importLines('2021,HONDA,Accord,lx,1.5L Turbo I4,cvt')
    expect(await deleteDemoCatalog(client)).toBe(1)
    expect(await readCatalog()).toEqual(['2021 Honda Accord LX / 1.5L Turbo I4 / CVT'])
  })

  it('adds the lines with their engines and transmissions, and titles as a form does', async () => {
    const done = await importLines(
      '2021,Honda,Accord,LX,1.5L Turbo I4,CVT',
      '2021,Honda,Accord,Sport,2.0L Turbo I4,10-speed automatic',
      '2022,Honda,Accord,LX,1.5L Turbo I4,CVT',
    )
    expect(done).toEqual({
      read: 3,
      added: 3,
      known: 0,
      refused: 0,
      engines: 2,
      transmissions: 2,
      refusedFile: null,
    })
    expect(await readCatalog()).toEqual([
      '2021 Honda Accord LX / 1.5L Turbo I4 / CVT',
      '2021 Honda Accord Sport / 2.0L Turbo I4 / 10-speed automatic',
      '2022 Honda Accord LX / 1.5L Turbo I4 / CVT',
    ])
    const { docs } = await forecourt.payload.find({
      collection: 'vehicle-options',
      where: { title: { equals: '2022 Honda Accord LX' } },
      overrideAccess: true,
    })
    expect(docs).toHaveLength(1)
  })

  it('adds nothing the second time, also with an unknown engine or transmission', async () => {
    const lines = [
      '2021,Honda,Accord,LX,,',
      '2021,Honda,Accord,LX,1.5L,',
      '2021,Honda,Accord,LX,,CVT',
      '2021,Honda,Accord,LX,1.5L,CVT',
    ]
    expect(await importLines(...lines, ...lines)).toMatchObject({ added: 4, known: 4 })
    expect(await importLines(...lines)).toMatchObject({
      added: 0,
      known: 4,
      engines: 0,
      transmissions: 0,
    })
    expect(await readCatalog()).toHaveLength(4)
  })

  it('takes names in any case as the same, and keeps the spelling of the catalog', async () => {
    await importLines('2021,Honda,Accord,LX,1.5L Turbo I4,CVT')
    const again = await importLines(
      '2021,HONDA,ACCORD,lx,1.5l turbo i4,cvt',
      '2021,HONDA,ACCORD,Touring,1.5L TURBO I4,Cvt',
      '2021,HONDA,PILOT,Elite,,',
      '2021,honda,Pilot,Elite,,',
    )
    expect(again).toMatchObject({ added: 2, known: 2, engines: 0, transmissions: 0 })
    expect(await readCatalog()).toEqual([
      '2021 Honda Accord LX / 1.5L Turbo I4 / CVT',
      '2021 Honda Accord Touring / 1.5L Turbo I4 / CVT',
      '2021 Honda PILOT Elite / - / -',
    ])
  })

  it('adds nothing where the catalog itself has two spellings', async () => {
    await forecourt.sql(`insert into vehicle_options (year, make, model, trim)
      values (2021, 'Honda', 'Accord', 'LX'), (2021, 'HONDA', 'Civic', 'LX')`)
    expect(await importLines('2021,HONDA,Civic,LX,,')).toMatchObject({ added: 0, known: 1 })
  })

  it('reads a byte order mark, Windows line breaks, quotes, and columns in any order', async () => {
    const done = await importText(
      '\uFEFF"Trim Level",MODEL,make,Model Year,notes\r\n' +
        '"EX-L, ""Navi""",Accord,Honda,2021,"two\r\nlines"\r\n\r\n' +
        'LX,Citroën,"Citroën",2020,\r\n',
    )
    expect(done).toMatchObject({ read: 2, added: 2, refused: 0 })
    expect(await readCatalog()).toEqual([
      '2020 Citroën Citroën LX / - / -',
      '2021 Honda Accord EX-L, "Navi" / - / -',
    ])
  })

  it('writes refused lines with the reasons to a file, which can be corrected', async () => {
    const done = await importLines('1850,Honda,Accord,LX,,', '2021,Honda,Accord,LX,,', '2021,Honda')
    expect(done).toMatchObject({ read: 3, added: 1, known: 0, refused: 2 })
    expect(done.refusedFile).toBe(path.join(folder, 'cars.refused.csv'))
    const refused = await readFile(done.refusedFile ?? '', 'utf8')
    expect(refused.split('\r\n')).toEqual([
      '"line","reason","year","make","model","trim","engine","transmission"',
      '"2","year must be a year from 1900 to 2027, not ""1850""",' +
        '"1850","Honda","Accord","LX","",""',
      '"4","the line has 2 cells, but the first line has 6","2021","Honda"',
      '',
    ])
    const corrected = refused.replace(',"1850"', ',"1995"').split('\r\n').slice(0, 2).join('\r\n')
    expect(await importText(corrected, 'cars.refused.csv')).toMatchObject({ added: 1, refused: 0 })
    const again = await importLines('1850,Honda,Accord,LX,,')
    expect(again.refusedFile).toBe(path.join(folder, 'cars.refused-2.csv'))
    expect(await readFile(path.join(folder, 'cars.refused.csv'), 'utf8')).toBe(corrected)
  })

  it('refuses lines that are not UTF-8', async () => {
    const latin1 = Buffer.from(
      `${HEADER}\n2021,Citroën,C3,Feel,,\n2021,Opel,Corsa,GS,,\n`,
      'latin1',
    )
    const done = await importText(latin1)
    expect(done).toMatchObject({ added: 1, refused: 1 })
    expect(await readFile(done.refusedFile ?? '', 'utf8')).toContain(
      'make has bytes that are not UTF-8',
    )
  })

  it.each([
    ['2021,"Honda,Accord,LX,,', 'line 3', 'a quote that is not closed'],
    ['2021,"Honda" Civic,Accord,LX,,', 'line 3', 'Write a quote within it twice'],
    ['2021,Ho"nda,Accord,LX,,', 'line 3', 'Quote the whole cell'],
  ])('imports nothing of a file with the line %j', async (line, ...messages) => {
    const importing = importLines('1850,Honda,Accord,LX,,', line)
    const message = await importing.then(String, (error: Error) => error.message)
    for (const part of [...messages, 'Nothing was imported']) expect(message).toContain(part)
    expect(await readCatalog()).toEqual([])
    expect(await readdir(folder)).toEqual(['cars.csv'])
  })

  it('refuses a file that is not a catalog, or empty', async () => {
    await expect(importText('a,b\n1,2\n')).rejects.toThrow('does not name year, make, model, trim')
    await expect(importText('')).rejects.toThrow('does not name year, make, model, trim')
  })

  it('waits for another import, so that both together add each line once', async () => {
    const lines = Array.from({ length: 2000 }, (_, at) => `2021,Honda,Model ${at},LX,,`)
    await writeFile(path.join(folder, 'other.csv'), [HEADER, ...lines, ''].join('\n'))
    const { pool } = getPostgresAdapter(forecourt.payload)
    const other = { file: path.join(folder, 'other.csv'), pool, now: NOW, print: () => undefined }
    const done = await Promise.all([importLines(...lines), importCatalogFile(other)])
    expect(done.map(({ added }) => added)).toEqual(expect.arrayContaining([0, 2000]))
    expect(await readCatalog()).toHaveLength(2000)
  })
})
