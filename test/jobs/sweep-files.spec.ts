import { randomUUID } from 'node:crypto'
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Engine } from '../../jobs/engine/engine.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { aPhoto, type Photo } from '../support/http-photos.ts'
import { loadRuns, startEngine, runJob } from '../support/work.ts'

let forecourt: TestForecourt
let engine: Engine
let manager: Api
let photo: Photo
beforeAll(async () => {
  forecourt = await openForecourt()
  engine = await startEngine(forecourt)
  manager = await forecourt.as('manager')
  photo = await aPhoto(manager)
})
afterAll(async () => {
  await engine.stop(0)
  await forecourt.close()
})

const TWO_HOURS_AGO = new Date(Date.now() - 7_200_000)
const at = (name: string) => path.join(forecourt.settings.MEDIA_DIR, name)
const make = async (name: string, made = TWO_HOURS_AGO) => {
  await writeFile(at(name), 'x')
  await utimes(at(name), made, made)
}
/** What is there beside the sizes of photos, which jobs make. */
const there = async () =>
  (await readdir(forecourt.settings.MEDIA_DIR)).filter((name) => name !== 'sizes').sort()
const ofPhoto = () =>
  [photo.filename, ...Object.values(photo.sizes).map(({ filename }) => filename)].sort()

async function swept() {
  const job = (await runJob(engine, forecourt, 'sweep-files')).run.jobId
  return (await loadRuns(forecourt, job))[0]
}

beforeEach(async () => {
  for (const name of ofPhoto())
    await utimes(at(name), TWO_HOURS_AGO, TWO_HOURS_AGO).catch(() => undefined)
})

describe('the sweep of uploaded files', () => {
  it('removes what no row names, and nothing that one names, that is new or that is not ours', async () => {
    const orphans = [
      `${randomUUID()}.webp`,
      `${randomUUID()}-thumbnail.webp`,
      `.${randomUUID()}.part`,
    ]
    for (const name of orphans) await make(name)
    const foreign = [
      'logo.webp',
      'README',
      '.gitkeep',
      `${randomUUID()}.webp.txt`,
      `x${randomUUID()}.webp`,
    ]
    for (const name of foreign) await make(name)
    await make(`${randomUUID()}-new.webp`, new Date())
    const fresh = (await there()).filter((name) => name.endsWith('-new.webp'))
    await mkdir(at(`${randomUUID()}.webp`))
    const folders = (await readdir(forecourt.settings.MEDIA_DIR, { withFileTypes: true })).filter(
      (one) => one.isDirectory() && one.name !== 'sizes',
    )
    expect((await swept())?.result).toMatchObject({ removed: 3 })
    expect(await there()).toEqual(
      [...ofPhoto(), ...foreign, ...fresh, ...folders.map(({ name }) => name)].sort(),
    )
  })

  it('removes nothing from a folder that belongs to another database', async () => {
    const many = Array.from({ length: 60 }, () => `${randomUUID()}.webp`)
    for (const name of many) await make(name)
    const run = await swept()
    expect(run?.status).toBe('failure')
    expect(JSON.stringify(run)).toContain('If another database uses the same storage')
    expect(await there()).toEqual(expect.arrayContaining(many))
  })
})
