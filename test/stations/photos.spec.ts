import { readdir, utimes } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import sharp from 'sharp'
import { getService } from '../../src/services.ts'
import { removeStalePhotos } from '../../src/stations/photos.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { listenOnLoopback } from '../support/http-listen.ts'
import { PLACES_KEY, type PlacesPeer, startPlacesPeer } from '../support/places-peer.ts'

let peer: PlacesPeer
let forecourt: TestForecourt
beforeAll(async () => {
  peer = await startPlacesPeer()
  forecourt = await openForecourt({ PLACES_URL: peer.url, PLACES_API_KEY: PLACES_KEY })
})
afterAll(async () => {
  await forecourt.close()
  await peer.stop()
})
afterEach(async () => {
  peer.photoTarget = null
  await forecourt.sql('delete from request_slots')
})

const drawPhoto = (width = 1_600) =>
  sharp({ create: { width, height: 1_000, channels: 3, background: '#a33' } })
    .withExif({ IFD0: { Copyright: 'a secret in the metadata' } })
    .jpeg()
    .toBuffer()

let count = 0
async function saveStation(photo: Buffer | null): Promise<string> {
  const photoReference = `places/ChIJ-${(count += 1)}/photos/AbC_${count}`
  if (photo) peer.photos.set(photoReference, photo)
  const admin = await forecourt.as('admin')
  const { body } = await admin
    .post('/api/stations')
    .send({ name: 'Corner Fuel', photoReference })
    .expect(201)
  return `/api/stations/${body.doc.id}/photo`
}

const getPhoto = (url: string) => forecourt.anonymous.get(url).buffer(true)

describe('the photo of a station', () => {
  it('is loaded once, encoded again and served to everybody', async () => {
    const url = await saveStation(await drawPhoto())
    const { headers, body } = await getPhoto(url).expect(200)
    expect(headers).toMatchObject({
      'content-type': 'image/webp',
      'x-content-type-options': 'nosniff',
      'cache-control': 'public, max-age=86400',
    })
    const bytes = body as Buffer
    expect(await sharp(bytes).metadata()).toMatchObject({
      format: 'webp',
      width: 1200,
      height: 750,
    })
    expect(bytes.toString('latin1')).not.toContain('a secret in the metadata')
    const before = peer.requests.length
    expect(((await getPhoto(url).expect(200)).body as Buffer).equals(bytes)).toBe(true)
    expect(peer.requests.length).toBe(before)
  })

  it('is requested with the key, and its file without', async () => {
    await getPhoto(await saveStation(await drawPhoto())).expect(200)
    const [media, file] = peer.requests.slice(-2)
    expect(media?.headers['x-goog-api-key']).toBe(PLACES_KEY)
    expect(media?.params.get('maxWidthPx')).toBe('1200')
    expect(file?.path).toMatch(/^\/photo-server\//)
    expect(JSON.stringify(file)).not.toContain(PLACES_KEY)
  })

  it('is loaded once by requests at the same moment', async () => {
    const url = await saveStation(await drawPhoto())
    const before = peer.requests.length
    await Promise.all(Array.from({ length: 4 }, () => getPhoto(url).expect(200)))
    expect(peer.requests.length).toBe(before + 2)
  })

  it('is a 404 if the station has none, or Google no longer has it', async () => {
    const { body } = await (
      await forecourt.as('admin')
    )
      .post('/api/stations')
      .send({ name: 'Bare' })
    const none = await getPhoto(`/api/stations/${body.doc.id}/photo`).expect(404)
    expect(none.text).toContain('Bare has no photo.')
    await getPhoto(await saveStation(null)).expect(404)
    await getPhoto('/api/stations/00000000-0000-4000-8000-000000000000/photo').expect(404)
    await getPhoto('/api/stations/nothing/photo').expect(404)
  })

  it('that Google no longer has costs one request', async () => {
    const url = await saveStation(null)
    await getPhoto(url).expect(404)
    const before = peer.requests.length
    expect((await getPhoto(url).expect(404)).text).toContain('Corner Fuel has no photo.')
    expect(peer.requests.length).toBe(before)
  })

  it('is nothing that is not a picture, or has too many pixels', async () => {
    const huge = sharp({ create: { width: 9_000, height: 9_000, channels: 3, background: 'red' } })
    for (const bytes of [Buffer.from('<script>alert(1)</script>'), await huge.png().toBuffer()]) {
      const { headers, text } = await getPhoto(await saveStation(bytes)).expect(503)
      expect(headers['retry-after']).toBe('60')
      expect(text).toContain('The photo is not available now.')
    }
  })

  it('is not larger than 5 MB at Google', async () => {
    await getPhoto(await saveStation(Buffer.alloc(5_000_001, 1))).expect(503)
  })

  it('is not fetched from another server in this network', async () => {
    const inside = await listenOnLoopback((_request, response) => {
      response.end('from the inside')
    })
    peer.photoTarget = `http://127.0.0.1:${inside.port}/secret`
    const { text } = await getPhoto(await saveStation(await drawPhoto())).expect(503)
    expect(text).not.toContain('from the inside')
    await inside.close()
  })

  it('waits after a quota error of Google, as searches do', async () => {
    const url = await saveStation(await drawPhoto())
    peer.next({ status: 429 })
    await getPhoto(url).expect(503)
    const before = peer.requests.length
    await getPhoto(url).expect(503)
    expect(peer.requests.length).toBe(before)
  })

  it('is stored for 30 days', async () => {
    const url = await saveStation(await drawPhoto(10))
    await getPhoto(url).expect(200)
    const folder = path.join(forecourt.settings.DATA_DIR, 'stations')
    const old = new Date(Date.now() - 31 * 86_400_000)
    const files = await readdir(folder)
    for (const name of files) await utimes(path.join(folder, name), old, old)
    const { stations } = getService(forecourt.payload, 'storages')
    const signal = new AbortController().signal
    expect(await removeStalePhotos(stations, new Date(), signal)).toBe(files.length)
    const before = peer.requests.length
    await getPhoto(url).expect(200)
    expect(peer.requests.length).toBe(before + 2)
  })
})
