import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createHeic } from '../support/heic-file.ts'
import {
  createImages,
  download,
  fileOf,
  listLeftovers,
  sendRaw,
  uploadFile,
} from '../support/owner-files.ts'
import {
  backdateDeletionRequest,
  createFullOwner,
  findTablesNaming,
  openPurging,
  type Purging,
  runPurge,
} from '../support/purging.ts'
import { unzip } from '../support/unzip.ts'

let purging: Purging
beforeAll(async () => {
  purging = await openPurging()
})
afterAll(() => purging.close())

describe('the files of an account', () => {
  it('are in its export with their names, and gone with it', async () => {
    const before = (await listLeftovers(purging.forecourt)).stored
    const ann = await createFullOwner(purging)
    const find = async (slug: string) =>
      String((await ann.api.get(`/api/${slug}`).expect(200)).body.docs[0].id)
    const [document, log, vehicle] = [
      await find('documents'),
      await find('fuel-logs'),
      await find('vehicles'),
    ]
    const paper = fileOf(
      await uploadFile(ann.api, `documents/${document}`, createHeic(), '保険.heic').expect(201),
    )
    const receipt = (await createImages())['image/png']
    const other = fileOf(
      await uploadFile(ann.api, `fuel-logs/${log}`, receipt, 'a.png').expect(201),
    )
    await sendRaw(ann.api, `/api/vehicles/${vehicle}/image`, receipt, { method: 'put' })
    const { body } = await download(ann.api, '/api/me/export').expect(200)
    const entries = unzip(body as Buffer)
    expect(entries.get(`files/${paper.id}/__.heic`)).toEqual(createHeic())
    expect(entries.get(`files/${other.id}/a.png`)).toEqual(receipt)
    const rows = JSON.parse(String(entries.get('attached-files.json'))) as { id: string }[]
    expect(rows).toHaveLength(4)
    const adopted = rows.find(({ id }) => entries.has(`files/${id}/file`))
    expect(String(entries.get(`files/${adopted?.id}/file`))).toBe('a policy')
    expect(rows.find(({ id }) => id === paper.id)).toEqual({
      id: paper.id,
      userId: ann.subject,
      document,
      fuelLog: null,
      maintenanceLog: null,
      vehicle: null,
      fileName: '保険.heic',
      contentType: 'image/heic',
      fileSize: paper.fileSize,
      fileHash: paper.fileHash,
      createdAt: paper.createdAt,
    })
    expect(JSON.stringify(rows)).not.toContain('storage')
    expect(JSON.parse(String(entries.get('about.json')))).toMatchObject({ files: 4, missing: [] })
    await backdateDeletionRequest(purging, ann, 31)
    expect(await runPurge(purging)).toMatchObject({ purged: 1 })
    expect((await listLeftovers(purging.forecourt)).stored).toEqual(before)
    const named = await findTablesNaming(purging, ann.subject)
    expect(named.filter((table) => table.endsWith('_files'))).toEqual([])
  })
})
