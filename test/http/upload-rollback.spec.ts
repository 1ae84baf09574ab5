import { readdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { aPhoto, createPicture, uploadPhoto } from '../support/http-photos.ts'

let forecourt: TestForecourt
let manager: Api
beforeAll(async () => {
  forecourt = await openForecourt()
  manager = await forecourt.as('manager')
})
afterAll(() => forecourt.close())

const stored = () => readdir(forecourt.settings.MEDIA_DIR)

describe('a transaction that fails', () => {
  const failing = (
    when: string,
  ) => `create function fail_media() returns trigger language plpgsql as $$ begin
    raise exception 'no' using errcode = '40001'; end $$;
    create constraint trigger fail_media after ${when} on media deferrable initially immediate for
      each row execute function fail_media()`
  const mend = () =>
    forecourt.ownerSql('drop trigger fail_media on media; drop function fail_media')

  it('leaves no file of a new photo', async () => {
    const before = await stored()
    await forecourt.ownerSql(failing('insert'))
    await uploadPhoto(manager, await createPicture(64, 48).jpeg().toBuffer()).expect(409)
    await mend()
    expect(await stored()).toEqual(before)
  })

  it('leaves every file of a photo that was not deleted', async () => {
    await aPhoto(manager)
    const before = await stored()
    const admin = await forecourt.as('admin')
    await forecourt.ownerSql(failing('delete'))
    const { body } = await admin.get('/api/media?limit=1&sort=-createdAt')
    await admin.delete(`/api/media/${body.docs[0].id}`).expect(409)
    await admin.delete(`/api/media?where[id][equals]=${body.docs[0].id}`).expect(409)
    await mend()
    expect(await stored()).toEqual(before)
    await admin.delete(`/api/media/${body.docs[0].id}`).expect(200)
    expect(await stored()).toHaveLength(before.length - 3)
  })
})
