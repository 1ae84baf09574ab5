import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A place as Google knows it, with all its fields. */
export type PeerPlace = Record<string, unknown> & {
  id: string
  location: { latitude: number; longitude: number }
}

/** An answer that the peer gives in the place of its own; `silent` says nothing for ever. */
export type Canned =
  { status: number; body?: unknown; headers?: Record<string, string> } | 'silent' | 'cut'

/** A request as it came in. */
export type PlacesPeerRequest = {
  method: string
  path: string
  params: URLSearchParams
  headers: IncomingMessage['headers']
  body: string
}

export const PLACES_KEY = 'AIzaPeerKey0123456789'

/** Google Places (New) as its pages describe it, on a free port of loopback. */
export type PlacesPeer = {
  readonly url: string
  readonly places: PeerPlace[]
  /** The bytes of photos by their names, such as places/A/photos/B. */
  readonly photos: Map<string, Buffer>
  readonly requests: readonly PlacesPeerRequest[]
  /** Where photos redirect to; null for the peer itself. */
  photoTarget: string | null
  /** The next requests are answered so. */
  next: (...canned: Canned[]) => void
  stop: () => Promise<void>
}

const SEARCH = '/v1/places:searchNearby'
const MAX_PLACES = 20

export async function startPlacesPeer(): Promise<PlacesPeer> {
  const queue: Canned[] = []
  const requests: PlacesPeerRequest[] = []
  const server = createServer((request, response) => {
    void readRequest(request).then((read) => {
      requests.push(read)
      const canned = queue.shift()
      if (canned === undefined) answer(peer, read, response)
      else sendCanned(request, response, canned)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const peer: PlacesPeer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    places: [],
    photos: new Map(),
    requests,
    photoTarget: null,
    next: (...canned) => void queue.push(...canned),
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return peer
}

async function readRequest(request: IncomingMessage): Promise<PlacesPeerRequest> {
  const url = new URL(request.url ?? '/', 'http://peer')
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return {
    method: request.method ?? '',
    path: url.pathname,
    params: url.searchParams,
    headers: request.headers,
    body: Buffer.concat(chunks).toString(),
  }
}

function sendCanned(request: IncomingMessage, response: ServerResponse, canned: Canned): void {
  if (canned === 'silent') return
  if (canned === 'cut') return void request.socket.destroy()
  send(response, canned.status, canned.body ?? buildProblem(canned.status, 'CANNED', 'Canned'), {
    ...canned.headers,
  })
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}

const buildProblem = (code: number, status: string, message: string) => ({
  error: { code, status, message },
})

/** What Google answers. Photos of the second server come without a key, as in reality. */
function answer(peer: PlacesPeer, request: PlacesPeerRequest, response: ServerResponse): void {
  if (request.path.startsWith('/photo-server/')) return sendPhoto(peer, request, response)
  const key = request.headers['x-goog-api-key']
  if (key !== PLACES_KEY) {
    const message = `API key not valid: ${String(key)}. Please pass a valid API key.`
    return send(response, 403, buildProblem(403, 'PERMISSION_DENIED', message))
  }
  if (request.path.endsWith('/media')) return redirectToPhoto(peer, request, response)
  const mask = String(request.headers['x-goog-fieldmask'] ?? '')
  if (mask === '' || mask === '*') {
    const message = 'FieldMask is a required parameter.'
    return send(response, 400, buildProblem(400, 'INVALID_ARGUMENT', message))
  }
  if (request.path === SEARCH) return search(peer, request, response, mask)
  const place = peer.places.find(({ id }) => request.path === `/v1/places/${id}`)
  if (place) return send(response, 200, maskPlace(place, mask.split(',')))
  send(response, 404, buildProblem(404, 'NOT_FOUND', 'The Place ID is no longer valid.'))
}

type SearchBody = {
  includedTypes: string[]
  maxResultCount: number
  locationRestriction: {
    circle: { center: { latitude: number; longitude: number }; radius: number }
  }
}

function search(
  { places }: PlacesPeer,
  { body, method }: PlacesPeerRequest,
  response: ServerResponse,
  mask: string,
): void {
  const { includedTypes, maxResultCount, locationRestriction } = JSON.parse(body) as SearchBody
  const { center, radius } = locationRestriction.circle
  const isValid =
    method === 'POST' &&
    includedTypes.join() === 'gas_station' &&
    maxResultCount >= 1 &&
    maxResultCount <= MAX_PLACES &&
    radius > 0 &&
    radius <= 50_000
  if (!isValid) return send(response, 400, buildProblem(400, 'INVALID_ARGUMENT', 'Wrong request.'))
  const fields = mask.split(',').map((field) => field.replace(/^places\./, ''))
  const found = places
    .map((place) => ({ place, meters: estimateMeters(center, place.location) }))
    .filter(({ meters }) => meters <= radius)
    .toSorted((one, other) => one.meters - other.meters)
    .slice(0, maxResultCount)
    .map(({ place }) => maskPlace(place, fields))
  send(response, 200, found.length > 0 ? { places: found } : {})
}

/** Only the requested fields, as they decide about the price. */
const maskPlace = (place: PeerPlace, fields: readonly string[]) =>
  Object.fromEntries(Object.entries(place).filter(([name]) => fields.includes(name)))

/** On a plane, which is exact enough for a few miles. */
function estimateMeters(from: PeerPlace['location'], to: PeerPlace['location']): number {
  const x = (to.longitude - from.longitude) * Math.cos((from.latitude * Math.PI) / 180)
  return Math.hypot(x, to.latitude - from.latitude) * 111_195
}

function redirectToPhoto(
  { photoTarget, photos, url }: PlacesPeer,
  { params, path }: PlacesPeerRequest,
  response: ServerResponse,
): void {
  const name = path.replace(/^\/v1\//, '').replace(/\/media$/, '')
  if (!params.has('maxWidthPx') && !params.has('maxHeightPx'))
    return send(response, 400, buildProblem(400, 'INVALID_ARGUMENT', 'A size is required.'))
  if (!photos.has(name))
    return send(response, 404, buildProblem(404, 'NOT_FOUND', 'The photo is no longer valid.'))
  response.writeHead(302, { location: photoTarget ?? `${url}/photo-server/${name}` })
  response.end()
}

function sendPhoto(
  { photos }: PlacesPeer,
  { headers, path }: PlacesPeerRequest,
  response: ServerResponse,
): void {
  const photo = photos.get(path.replace('/photo-server/', ''))
  const hasKey = JSON.stringify(headers).includes(PLACES_KEY)
  response.writeHead(hasKey || !photo ? 400 : 200, { 'content-type': 'image/jpeg' })
  response.end(hasKey ? 'the key reached another server' : photo)
}

/** A gas station; the test says only what it is about. */
export function buildPeerPlace(
  id: string,
  latitude: number,
  longitude: number,
  about: Record<string, unknown> = {},
): PeerPlace {
  return {
    id,
    displayName: { text: `Station ${id}`, languageCode: 'en' },
    formattedAddress: '1 Main St, Independence, MO 64055, USA',
    location: { latitude, longitude },
    nationalPhoneNumber: '(816) 555-0100',
    websiteUri: 'https://stations.example/',
    businessStatus: 'OPERATIONAL',
    rating: 4.4,
    reviews: [{ text: 'costs more' }],
    ...about,
  }
}
