import { readdir, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import { connect, type Socket } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import {
  type Api,
  openForecourt,
  saveUser,
  type TestForecourt,
  fetchToken,
} from '../support/forecourt.ts'
import { buildHead, type CountingServer, listenCounting } from '../support/http-large.ts'
import { queryGraphql } from '../support/http-graphql.ts'
import { aPhoto, createPicture, uploadPhoto } from '../support/http-photos.ts'
import { waitUntil } from '../support/work.ts'
import { getService } from '../../src/services.ts'

let forecourt: TestForecourt
let manager: Api
let token: string
let server: CountingServer
beforeAll(async () => {
  forecourt = await openForecourt({
    UPLOADS_AT_ONCE: '3',
    UPLOADS_AT_ONCE_EACH: '2',
    BODY_STALL_SECONDS: '2',
  })
  token = await fetchToken(forecourt.app, await saveUser(forecourt.payload, 'manager'))
  manager = await forecourt.as('manager')
  server = await listenCounting(forecourt.app)
})
afterAll(async () => {
  await server.close()
  await forecourt.close()
})
beforeEach(() => untilUploading(0))

/** Waits until so many uploads are under way. */
const untilUploading = (count: number) =>
  waitUntil(
    () => getService(forecourt.payload, 'uploadSlots').inUse === count,
    `${count} uploads are under way`,
  )

const PART =
  '--b\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\nContent-Type: ' +
  'image/jpeg\r\n\r\n'
const headers = (who: string) => ({
  Authorization: `Bearer ${who}`,
  'Content-Type': 'multipart/form-data; boundary=b',
  'Content-Length': '500000',
})

/** An upload that sent its first bytes and holds. */
function hold(who: string): Promise<Socket> {
  return new Promise((resolve) => {
    const socket = connect(server.port, '127.0.0.1', () => {
      socket.write(buildHead('POST', '/api/media', headers(who)) + PART + 'x'.repeat(1_000))
      resolve(socket)
    })
    socket.on('error', () => undefined)
  })
}

const temporary = async () =>
  (await readdir(forecourt.payload.config.upload.tempFileDir ?? '')).length
const untilTemporary = (count: number) =>
  waitUntil(async () => (await temporary()) === count, `${count} temporary files are left`)

describe('uploads under way', () => {
  it('are so many of one account, and more of it are refused at once with Retry-After', async () => {
    const held = [await hold(token), await hold(token)]
    await untilUploading(2)
    const { status, text, read } = await server.send(
      buildHead('POST', '/api/media', headers(token)),
      [],
    )
    expect({ status, again: /^retry-after: 5/im.test(text) }).toEqual({ status: 503, again: true })
    expect(text).toContain('You are already uploading 2 files')
    expect(read).toBeLessThan(2_000)
    await aPhoto(manager)
    for (const socket of held) socket.destroy()
  })

  it('are so many in all', async () => {
    const other = await fetchToken(forecourt.app, await saveUser(forecourt.payload, 'manager'))
    const held = [await hold(token), await hold(token), await hold(other)]
    await untilUploading(3)
    const { status, headers: received } = await uploadPhoto(manager, Buffer.alloc(10))
    expect({ status, again: received['retry-after'] }).toEqual({ status: 503, again: '5' })
    await manager.get('/api/media').expect(200)
    for (const socket of held) socket.destroy()
    await untilUploading(0)
    await aPhoto(manager)
  })

  it('that stand still are cut, with words, and give their slot and their file back', async () => {
    const socket = await hold(token)
    await untilTemporary(1)
    let text = ''
    socket.on('data', (chunk) => (text += chunk.toString('latin1')))
    await new Promise((resolve) => socket.once('close', resolve))
    expect(text).toMatch(/^HTTP\/1\.1 408 /)
    expect(text).toContain('no data arrived for 2 seconds')
    expect({
      temporary: await temporary(),
      slots: getService(forecourt.payload, 'uploadSlots').inUse,
    }).toEqual({ temporary: 0, slots: 0 })
  })

  it('that are cut by the client leave nothing', async () => {
    const socket = await hold(token)
    await untilTemporary(1)
    socket.destroy()
    await untilTemporary(0)
  })

  it('leave no temporary file, whatever became of them and in whatever part they came', async () => {
    const bytes = await createPicture(64, 48).jpeg().toBuffer()
    const file = { filename: 'a.jpg', contentType: 'image/jpeg' }
    await uploadPhoto(manager, bytes).expect(201)
    await uploadPhoto(manager, bytes.subarray(0, bytes.length / 2)).expect(400)
    await manager.post('/api/media').attach('photo', bytes, file).expect(400)
    await manager
      .post('/api/media')
      .attach('file', bytes, file)
      .attach('file', bytes, file)
      .expect(400)
    await manager.post('/api/inventory').attach('file', bytes, file).expect(400)
    await manager.post('/api/users/login').attach('file', bytes, file)
    await uploadPhoto(manager, Buffer.alloc(20_500_000)).expect(413)
    expect(await temporary()).toBe(0)
  })

  it('go to a folder that this user alone reads', async () => {
    const { mode } = await stat(path.join(forecourt.settings.DATA_DIR, 'uploads'))
    expect((mode & 0o777).toString(8)).toBe('700')
  })
})

describe('a form that nothing can read', () => {
  const raw = (at: string, type: string, body: string) =>
    manager.post(at).set('content-type', type).send(Buffer.from(body))
  const field = (name: string, value: string) =>
    `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n--b--\r\n`
  it.each([
    ['no boundary', 'multipart/form-data', 'x'],
    ['an empty boundary', 'multipart/form-data; boundary=', 'x'],
    ['another kind of form', 'multipart/mixed; boundary=b', field('a', 'b')],
    ['a cut body', 'multipart/form-data; boundary=b', '--b\r\nContent-Disp'],
    ['a cut file', 'multipart/form-data; boundary=b', `${PART}xxx`],
    [
      'a header that is none',
      'multipart/form-data; boundary=b',
      '--b\r\n\u0000\u0001\r\n\r\nx\r\n--b--\r\n',
    ],
    [
      'a reference to a file of elsewhere',
      'multipart/form-data; boundary=b',
      field('file', '{"clientUploadContext":{}}'),
    ],
    ['a file that is null', 'multipart/form-data; boundary=b', field('file', 'null')],
    ['a file that is no JSON', 'multipart/form-data; boundary=b', field('file', '{')],
    ['a payload that is no JSON', 'multipart/form-data; boundary=b', field('_payload', '{')],
  ])('is a mistake of the client at every address: %s', async (_what, type, body) => {
    for (const at of ['/api/media', '/api/inventory', '/api/users/login', '/api/graphql']) {
      const { status, body: answer } = await raw(at, type, body)
      expect({
        at,
        status: Math.floor(status / 100),
        words: typeof answer.errors?.[0]?.message,
      }).toEqual({
        at,
        status: 4,
        words: 'string',
      })
    }
  })
})

describe('a file that a body names by its URL', () => {
  it('is not fetched, by REST or GraphQL, for a new photo or an old one', async () => {
    const requested: string[] = []
    const peer = createServer((req, res) => (requested.push(req.url ?? ''), res.end()))
    await new Promise<void>((resolve) => peer.listen(0, '127.0.0.1', resolve))
    const { port } = peer.address() as { port: number }
    const data = { url: `http://127.0.0.1:${port}/a.jpg`, filename: 'a.jpg' }
    const photo = await aPhoto(manager)
    const { body } = await manager.post('/api/media').send(data).expect(400)
    expect(body.errors[0].message).toBe('No files were uploaded.')
    await manager.post('/api/media').field('_payload', JSON.stringify(data)).expect(400)
    await manager
      .patch(`/api/media/${photo.id}?uploadEdits[widthInPixels]=10`)
      .send(data)
      .expect(400)
    await manager
      .patch(`/api/media/${photo.id}`)
      .send({ ...data, alt: 'The same' })
      .expect(200)
    const { errors } = await queryGraphql(
      manager,
      `mutation { createMedia(data: { url: "${data.url}", filename: "a.jpg" }) { id } }`,
    )
    expect(errors?.[0]?.message).toBe('No files were uploaded.')
    await queryGraphql(
      manager,
      `mutation { updateMedia(id: "${photo.id}", data: { url: "${data.url}", filename: ` +
        '"a.jpg" }) { id } }',
    )
    expect(requested).toEqual([])
    expect((await manager.get(`/api/media/${photo.id}`)).body.url).toBe(photo.url)
    peer.close()
  })
})
