import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Answer, HTML, type Shape, SHAPES, type Stock } from './kinds.ts'
import type { DealerCar } from './world.ts'

/**
 * How a site may fail whoever reads it. `empty`: its pages without a car. `endless`: its cars come
 * round again without an end, and it says a million. `prices moved`: every price is about a third.
 * `shrunk`: four cars of ten are left, and all is well. `half`: 500 from the middle of its listing
 * on. `forbidden`: 403. `garbage`: bytes that mean nothing, as 200. `truncated`: the first half of
 * each answer. `inward`: a redirect to where the site's options say. `huge`: a page of 300 MB.
 * `slow`: a byte of the answer each second. `stays`: a button for more cars that never goes and
 * brings the last ones again. Every other mode is the shape of every second listing, or of all of
 * them: see `Shape`.
 */
export type Hostile =
  | Exclude<Shape, 'well'>
  | 'stays'
  | 'well'
  | 'empty'
  | 'endless'
  | 'prices moved'
  | 'shrunk'
  | 'half'
  | 'forbidden'
  | 'garbage'
  | 'truncated'
  | 'inward'
  | 'huge'
  | 'slow'

const HUGE = 300 * 1024 * 1024
const CHUNK = Buffer.alloc(64 * 1024, '<p>Nothing to see here.</p>\n')

/** What a site shows on a day, in a mode. */
export function buildStock(
  mode: Hostile,
  cars: readonly DealerCar[],
  site: Omit<Stock, 'cars' | 'endless' | 'shape' | 'stays'>,
): Stock {
  const shape = SHAPES.find((one) => one === mode) ?? 'well'
  return {
    ...site,
    cars: selectCars(mode, cars),
    endless: mode === 'endless',
    shape,
    stays: mode === 'stays',
  }
}

function selectCars(mode: Hostile, cars: readonly DealerCar[]): readonly DealerCar[] {
  if (mode === 'empty') return []
  if (mode === 'shrunk') return cars.slice(0, Math.floor(cars.length * 0.4))
  if (mode !== 'prices moved') return cars
  return cars.map((car) => ({
    ...car,
    priceCents: car.priceCents === null ? null : 100 * Math.floor(car.priceCents / 300),
  }))
}

/** Answers in place of the site, where the mode says so; whether it did. */
export async function sabotageAnswer(
  mode: Hostile,
  answer: Answer | null,
  response: ServerResponse,
  inward?: string,
): Promise<boolean> {
  const type = { 'content-type': answer?.type ?? HTML }
  switch (mode) {
    case 'half':
      if (answer?.page === undefined || answer.page <= (answer.pages ?? 1) / 2) return false
      return ended(response.writeHead(500, type).end('Internal Server Error'))
    case 'forbidden':
      return ended(response.writeHead(403, type).end('<h1>Access denied</h1>'))
    case 'garbage':
      return ended(
        response
          .writeHead(200, type)
          .end(Buffer.from(Array.from({ length: 4_096 }, (_, i) => (i * 7_919) % 251))),
      )
    case 'truncated':
      return ended(
        response
          .writeHead(200, type)
          .end((answer?.body ?? '').slice(0, (answer?.body.length ?? 0) / 2)),
      )
    case 'inward':
      return ended(response.writeHead(302, { location: inward ?? 'http://127.0.0.1:1/' }).end())
    case 'huge':
      await sendHugeBody(response.writeHead(200, type))
      return true
    case 'slow':
      await sendSlowly(response.writeHead(200, type), answer?.body ?? '')
      return true
    default:
      return false
  }
}

const ended = (_response: ServerResponse) => true

/** 300 MB as fast as they are taken, or until nobody takes them any more. */
async function sendHugeBody(response: ServerResponse): Promise<void> {
  await pipeline(Readable.from(Array(HUGE / CHUNK.length).fill(CHUNK)), response).catch(
    () => 'The reader went away.',
  )
}

/** A byte each second, until somebody loses patience. */
async function sendSlowly(response: ServerResponse, body: string): Promise<void> {
  for (const byte of Buffer.from(body)) {
    if (response.destroyed) return
    response.write(Buffer.of(byte))
    await new Promise((resolve) => setTimeout(resolve, 1_000).unref())
  }
  response.end()
}
