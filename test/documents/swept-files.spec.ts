import { randomUUID } from 'node:crypto'
import { utimes } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Engine } from '../../jobs/engine/engine.ts'
import { getService } from '../../src/services.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { createHeic } from '../support/heic-file.ts'
import type { Owner } from '../support/owners.ts'
import {
  createImages,
  fileOf,
  listLeftovers,
  saveDocument,
  sendRaw,
  uploadFile,
} from '../support/owner-files.ts'
import { loadRuns, startEngine, runJob } from '../support/work.ts'

let forecourt: TestForecourt
let engine: Engine
let owner: Owner
beforeAll(async () => {
  forecourt = await openForecourt()
  engine = await startEngine(forecourt)
  owner = await forecourt.asOwner()
})
afterAll(async () => {
  await engine.stop(0)
  await forecourt.close()
})

const listStored = async () => (await listLeftovers(forecourt)).stored
const TWO_HOURS_AGO = new Date(Date.now() - 7_200_000)
const age = (keys: readonly string[]) =>
  Promise.all(
    keys.map((key) =>
      utimes(path.join(forecourt.settings.DATA_DIR, 'files', key), TWO_HOURS_AGO, TWO_HOURS_AGO),
    ),
  )
async function sweep(): Promise<unknown> {
  const job = (await runJob(engine, forecourt, 'sweep-files')).run.jobId
  return (await loadRuns(forecourt, job))[0]?.result
}

describe('the sweep of owners’ files', () => {
  it('removes those of a deleted vehicle, its documents and its logs, and no others', async () => {
    const kept = await saveDocument(forecourt, owner)
    await uploadFile(owner.api, `documents/${kept.document}`, createHeic(), 'kept').expect(201)
    const before = await listStored()
    const gone = await saveDocument(forecourt, owner)
    const photo = (await createImages())['image/jpeg']
    for (const name of ['a', 'b'])
      await uploadFile(owner.api, `documents/${gone.document}`, photo, name).expect(201)
    await sendRaw(owner.api, `/api/vehicles/${gone.vehicle}/image`, photo, { method: 'put' })
    expect((await listStored()).length).toBe(before.length + 5)
    await owner.api.delete(`/api/vehicles/${gone.vehicle}`).expect(200)
    expect(await sweep()).toMatchObject({ removed: 0 })
    expect((await listStored()).length).toBe(before.length + 5)
    const admin = await forecourt.as('admin')
    await admin.delete(`/api/vehicles/${gone.vehicle}?trash=true`).expect(200)
    expect(await sweep()).toMatchObject({ removed: 5 })
    expect(await listStored()).toEqual(before)
    expect((await forecourt.sql('select 1 from removed_files')).rows).toEqual([])
  })

  it('removes orphans after an hour, and leaves what a row names in any column', async () => {
    const { owners } = getService(forecourt.payload, 'storages')
    const { document } = await saveDocument(forecourt, owner)
    const answer = await uploadFile(owner.api, `documents/${document}`, createHeic(), 'x')
    expect(fileOf(answer).previewUrl).not.toBeNull()
    const [orphan, young, named] = [randomUUID(), randomUUID(), randomUUID()].map(
      (name) => `files/${name}.pdf`,
    ) as [string, string, string]
    for (const key of [orphan, young, named, 'files/by-hand.pdf', 'papers/other.pdf'])
      await owners.put(key, Buffer.from('x'))
    const other = await saveDocument(forecourt, owner)
    await forecourt.sql('update documents set storage_key = $1 where id = $2', [
      named.slice('files/'.length),
      other.document,
    ])
    const before = await listStored()
    await age(before.filter((key) => key !== young))
    expect(await sweep()).toMatchObject({ removed: 1 })
    expect(await listStored()).toEqual(before.filter((key) => key !== orphan))
  })
})
