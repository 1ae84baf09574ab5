import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { runCommand, spawnCommand } from '../support/command.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'

const HEADER = 'Year,Make,Model,Trim,Engine,Transmission'

let forecourt: TestForecourt
let folder: string
beforeAll(async () => {
  forecourt = await openForecourt()
  folder = await mkdtemp(path.join(tmpdir(), 'catalog-'))
})
afterAll(async () => {
  await forecourt.close()
  await rm(folder, { recursive: true })
})

const run = (...words: string[]) => runCommand('import', words, { DATABASE_URL: forecourt.url })
const list = async (query: string) =>
  (await forecourt.anonymous.get(`/api/catalog/${query}`).expect(200)).body as object
const countRows = async (): Promise<number> => {
  const { rows } = await forecourt.sql(`select (select count(*) from vehicle_options)
    + (select count(*) from engines) + (select count(*) from transmissions) as rows`)
  return Number(rows[0].rows)
}

describe('npm run import -- catalog', () => {
  it('names a file that is not there, and how it is used', async () => {
    const missing = await run('catalog', 'no-such-file.csv')
    expect([missing.code, missing.output]).toEqual([
      1,
      expect.stringContaining('"no-such-file.csv" is not a file, so nothing was imported'),
    ])
    const usage = await run('catalog')
    expect(usage.output).toContain('npm run import -- catalog FILE.csv')
    expect((await run('catalog', 'cars.csv', '--dry-run')).output).toContain('has no option')
  })

  it('imports beside a running server, which shows the new choices', async () => {
    const file = path.join(folder, 'cars.csv')
    await writeFile(file, `${HEADER}\n2021,Honda,Accord,LX,1.5L,CVT\n2021,,Accord,EX,,\n`)
    expect(await list('years')).toEqual({ years: [] })
    const first = await run('catalog', file)
    expect(first.code).toBe(1)
    expect(first.output).toContain('2 lines: 1 added, 0 already there, 1 refused.')
    expect(first.output).toContain('New: 1 engine, 1 transmission.')
    expect(first.output).toContain(path.join(folder, 'cars.refused.csv'))
    expect(await list('makes?year=2021')).toEqual({ makes: ['Honda'] })
    const second = await run('catalog', file)
    expect(second.output).toContain('2 lines: 0 added, 1 already there, 1 refused.')
    await forecourt.sql('delete from vehicle_options')
    await forecourt.sql('delete from engines')
    await forecourt.sql('delete from transmissions')
  })

  it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
    'leaves nothing half done when %s ends it',
    async (signal) => {
      const file = path.join(folder, `${signal}.csv`)
      await writeLines(file, 250_000)
      const child = spawnCommand('import', ['catalog', file], { DATABASE_URL: forecourt.url })
      for await (const chunk of child.stdout)
        if (String(chunk).includes('100,000 lines read')) child.kill(signal)
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      expect(child.exitCode).not.toBe(0)
      expect(await countRows()).toBe(0)
      const left = (await readdir(folder)).filter((name) => name.startsWith(`${signal}.refused`))
      if (signal !== 'SIGKILL') expect(left).toEqual([])
    },
  )
})

/** Writes a catalog file whose first line is refused. */
async function writeLines(file: string, count: number): Promise<void> {
  const stream = createWriteStream(file)
  stream.write(`${HEADER}\n1850,Honda,Accord,LX,,\n`)
  for (let at = 0; at < count; at += 1000) {
    const lines = Array.from({ length: 1000 }, (_, i) => `2021,Make,Model ${at + i},LX,1.5L,CVT\n`)
    if (!stream.write(lines.join(''))) await once(stream, 'drain')
  }
  stream.end()
  await once(stream, 'finish')
}
