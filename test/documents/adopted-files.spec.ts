import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { ADOPT_NAMED_FILES } from '../../src/database/file-triggers.ts'
import { getService } from '../../src/services.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import type { Owner } from '../support/owners.ts'
import {
  createPdf,
  download,
  type FileAnswer,
  saveDocument,
  uploadFile,
} from '../support/owner-files.ts'

let forecourt: TestForecourt
let owner: Owner
beforeAll(async () => {
  forecourt = await openForecourt()
  owner = await forecourt.asOwner()
})
afterAll(() => forecourt.close())

/** As another program of the same database leaves a document and a vehicle with their files. */
async function saveNamed() {
  const { owners } = getService(forecourt.payload, 'storages')
  const { document, vehicle } = await saveDocument(forecourt, owner)
  await owners.put(`papers/${document}`, Buffer.from('a policy'))
  await owners.put(`cars/${vehicle}`, Buffer.from('a photo'))
  await forecourt.sql(
    `update documents set storage_bucket = 'papers', storage_key = $1, file_size = 8,
      file_name = 'Old "policy".doc', content_type = 'application/msword' where id = $1::uuid`,
    [document],
  )
  await forecourt.sql(
    `update vehicles set image_bucket = 'cars', image_key = $1 where id = $1::uuid`,
    [vehicle],
  )
  return { document, vehicle }
}

const list = async (document: string) =>
  (await owner.api.get(`/api/documents/${document}/files`).expect(200)).body.files as FileAnswer[]

describe('files that rows named before', () => {
  it('are listed, downloaded and never run', async () => {
    const { document, vehicle } = await saveNamed()
    await forecourt.sql(ADOPT_NAMED_FILES)
    const [file, ...others] = await list(document)
    expect(others).toEqual([])
    expect(file).toMatchObject({
      fileName: 'Old "policy".doc',
      contentType: 'application/msword',
      fileSize: 8,
      previewUrl: null,
    })
    const answer = await download(owner.api, String(file?.url)).expect(200)
    expect(String(answer.body)).toBe('a policy')
    expect(answer.headers['content-type']).toBe('application/octet-stream')
    expect(answer.headers['content-disposition']).toMatch(
      /^attachment; filename="Old _policy_.doc"/,
    )
    const image = await download(owner.api, `/api/vehicles/${vehicle}/image`).expect(200)
    expect(String(image.body)).toBe('a photo')
  })

  it('are not lost when another one is added', async () => {
    const { document } = await saveNamed()
    await uploadFile(owner.api, `documents/${document}`, await createPdf()).expect(201)
    expect((await list(document)).map(({ fileName }) => fileName)).toEqual([
      'Old "policy".doc',
      'a.pdf',
    ])
  })
})
