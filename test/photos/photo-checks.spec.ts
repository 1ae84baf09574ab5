import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Engine } from '../../jobs/engine/engine.ts'
import { getService } from '../../src/services.ts'
import { saveCar } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { aPhoto } from '../support/http-photos.ts'
import { type Handler, openSite, type Site } from '../support/site.ts'
import { runJob, startEngine } from '../support/work.ts'

let site: Site
let origin: string
let forecourt: TestForecourt
let engine: Engine
let manager: Api

beforeAll(async () => {
  site = await openSite()
  origin = site.origin
  forecourt = await openForecourt({
    SCRAPING_ALLOWED_ORIGINS: origin,
    SCRAPING_ALLOWED_GAP_MS: '0',
  })
  engine = await startEngine(forecourt)
  manager = await forecourt.as('manager')
})
afterAll(async () => {
  await engine.stop()
  await forecourt.close()
  await site.close()
})
beforeEach(async () => {
  for (const path of Object.keys(site.routes)) delete site.routes[path]
  await forecourt.sql('delete from photo_checks')
  await forecourt.sql('delete from inventory')
})

const respond =
  (status: number, type = 'image/jpeg', headers: Record<string, string> = {}): Handler =>
  (req, res) => {
    res.writeHead(status, { 'content-type': type, ...headers })
    res.end(req.method === 'HEAD' ? undefined : 'bytes')
  }

const check = () => runJob(engine, forecourt, 'check-photos')

async function listProblems(car?: string) {
  const query = car === undefined ? '' : `?car=${car}`
  const { body } = await manager.get(`/api/inventory/photo-problems${query}`).expect(200)
  return (body as { docs: { url: string; problem: string; status: number | null }[] }).docs
}

describe('the nightly check of photos', () => {
  it('reports a photo that was not found twice in a row, with its car', async () => {
    const url = `${origin}/gone.jpg`
    const car = await saveCar(forecourt.payload, { images: [`${origin}/kept.jpg`, url] })
    site.routes['/kept.jpg'] = respond(200)
    await check()
    expect(await listProblems()).toEqual([])
    await check()
    expect(await listProblems(car.id)).toEqual([
      {
        car: car.id,
        title: car.title,
        url,
        position: 2,
        status: 404,
        problem: 'The site answers 404.',
        failingSince: expect.stringMatching(/^\d{4}-/),
      },
    ])
    site.routes['/gone.jpg'] = respond(200)
    await check()
    expect(await listProblems()).toEqual([])
  })

  it.each<[string, string, Handler | null, string | null]>([
    ['a photo', '/a', respond(200), null],
    ['a photo whose site does not answer HEAD', '/b', headless(405), null],
    ['a photo whose site breaks off at HEAD', '/h', breakHead, null],
    ['a photo that moved', '/c', respond(302, 'text/html', { location: '/a' }), null],
    ['a page in place of a photo', '/d', respond(200, 'text/html; charset=utf-8'), 'text/html'],
    ['a site that is busy', '/e', respond(429), null],
    ['a site that breaks off', '/f', (_req, res) => res.destroy(), 'closed the connection'],
  ])('understands %s', async (_what, path, handle, problem) => {
    if (handle) site.routes[path] = handle
    site.routes['/a'] = respond(200)
    await saveCar(forecourt.payload, { images: [`${origin}${path}`] })
    await check()
    await check()
    const found = await listProblems()
    if (problem === null) expect(found).toEqual([])
    else expect(found).toMatchObject([{ problem: expect.stringContaining(problem) }])
  })

  it('never requests an address inside the network', async () => {
    const requests: string[] = []
    const inside = await openSite({
      '/x.jpg': (req, res) => {
        requests.push(String(req.method))
        res.end('secret')
      },
    })
    await saveCar(forecourt.payload, {
      images: [`${inside.origin}/x.jpg`, 'http://10.0.0.1/y.jpg'],
    })
    await check()
    await check()
    await inside.close()
    expect(requests).toEqual([])
    expect(await listProblems()).toHaveLength(2)
  })

  it('finds our own photos whose file is missing', async () => {
    const [kept, lost] = [await aPhoto(manager), await aPhoto(manager)]
    const car = await saveCar(forecourt.payload, { images: [kept.url, lost.url] })
    await getService(forecourt.payload, 'storages').media.remove(lost.filename)
    await check()
    await check()
    expect(await listProblems()).toMatchObject([
      { car: car.id, position: 2, problem: 'Its file is missing in the storage.' },
    ])
  })

  it('leaves sold cars alone, and forgets photos that no car has', async () => {
    const images = [`${origin}/gone.jpg`]
    const car = await saveCar(forecourt.payload, { images })
    await check()
    await check()
    expect(await listProblems()).toHaveLength(1)
    await manager.patch(`/api/inventory/${car.id}`).send({ status: 'sold' }).expect(200)
    expect(await listProblems()).toEqual([])
    await check()
    const { rows } = await forecourt.sql('select url from photo_checks')
    expect(rows).toEqual([])
  })

  it('is shown to staff alone', async () => {
    await forecourt.anonymous.get('/api/inventory/photo-problems').expect(401)
    await (await forecourt.as('viewer')).get('/api/inventory/photo-problems').expect(200)
  })
})

function headless(status: number): Handler {
  return (req, res) => (req.method === 'HEAD' ? respond(status)(req, res) : respond(206)(req, res))
}

/** A site that closes the connection of a HEAD request, and answers others. */
function breakHead(req: IncomingMessage, res: ServerResponse): void {
  if (req.method === 'HEAD') res.destroy()
  else respond(206)(req, res)
}
