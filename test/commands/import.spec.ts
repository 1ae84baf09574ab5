import { existsSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { aCar } from '../support/builders.ts'
import { runCommand } from '../support/command.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'

const FOLDER = '../shared/data/jp-auto-inventory'
const there = existsSync(FOLDER)
if (!there)
  process.stdout.write(
    `NOT TRIED: the import of the dealership's files, because ${FOLDER} is not there.\n`,
  )

let forecourt: TestForecourt
beforeAll(async () => {
  forecourt = await openForecourt()
})
afterAll(() => forecourt.close())

const run = (...words: string[]) => runCommand('import', words, { DATABASE_URL: forecourt.url })
const cars = async () =>
  (await forecourt.payload.count({ collection: 'inventory', overrideAccess: true })).totalDocs

describe('npm run import -- jekyll', () => {
  it('says how it is used when it is told nothing', async () => {
    const { code, output } = await run()
    expect(code).toBe(1)
    expect(output).toContain('npm run import -- jekyll DIR [--dry-run]')
  })

  it('names a folder that is not there', async () => {
    const { code, output } = await run('jekyll', 'no-such-folder')
    expect(code).toBe(1)
    expect(output).toContain('no-such-folder')
  })

  const onFiles = there ? it : it.skip

  onFiles('writes nothing in a dry run, and comes to the same outcomes', async () => {
    const { code, output } = await run('jekyll', FOLDER, '--dry-run')
    expect(code).toBe(1)
    expect(output).toContain('64 files: 59 created, 0 changed, 0 unchanged, 5 refused')
    expect(await cars()).toBe(0)
  })

  onFiles(
    'keeps what it can, names what it refuses with the reason, and changes nothing the second time',
    async () => {
      const first = await run('jekyll', FOLDER)
      expect(first.code).toBe(1)
      expect(first.output).toContain('64 files: 59 created, 0 changed, 0 unchanged, 5 refused')
      for (const [vin, expected] of [
        ['1HGCV1F30JA123456', 5],
        ['2T3BFREV5KW000002', 4],
        ['1FTFW1E50MFA00003', 7],
      ])
        expect(first.output.replace(/\s+/g, ' ')).toMatch(
          new RegExp(`VIN ${vin} has check digit \\S+, expected ${expected}`),
        )
      expect(await cars()).toBe(59)
      const second = await run('jekyll', FOLDER)
      expect(second.output).toContain('64 files: 0 created, 0 changed, 59 unchanged, 5 refused')
    },
  )

  onFiles(
    'names the imported cars that left the folder, and no car that a person made',
    async () => {
      const { id } = await (
        await forecourt.as('manager')
      )
        .post('/api/inventory')
        .send(aCar())
        .then(({ body }) => body.doc)
      const folder = await mkdtemp(join(tmpdir(), 'left-'))
      try {
        await cp(FOLDER, folder, { recursive: true })
        await rm(join(folder, 'PF424688.md'))
        const { output } = await run('jekyll', folder)
        expect(output).toContain('63 files: 0 created, 0 changed, 58 unchanged, 5 refused')
        expect(
          output
            .split('Still available, but not in any readable file of this folder')[1]
            ?.match(/VIN \w+/g),
        ).toEqual(['VIN 7SAXCDE51PF424688'])
      } finally {
        await rm(folder, { recursive: true })
        await forecourt.payload.delete({ collection: 'inventory', id, overrideAccess: true })
      }
    },
  )

  onFiles('puts back what was changed by hand, and says which fields', async () => {
    const { docs } = await forecourt.payload.find({
      collection: 'inventory',
      where: { vin: { equals: '7SAXCDE51PF424688' } },
      overrideAccess: true,
    })
    await forecourt.payload.update({
      collection: 'inventory',
      id: docs[0]?.id ?? '',
      data: { price: 1 },
      overrideAccess: true,
    })
    const { output } = await run('jekyll', FOLDER)
    expect(output).toContain('0 created, 1 changed, 58 unchanged')
    expect(output).toMatch(/changed +PF424688\.md[\s\S]*price/)
  })
})
