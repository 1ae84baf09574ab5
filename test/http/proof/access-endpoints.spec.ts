import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { listOperations } from '../../../src/api/openapi/operations.ts'
import { getService } from '../../../src/services.ts'
import { buildPhotoKey } from '../../../src/stations/photos.ts'
import { createPicture } from '../../support/http-photos.ts'
import { formatOperationName } from '../../support/openapi-requests.ts'
import { openStage, type ProofCaller, type Stage } from '../../support/proof-stage.ts'
import { NONE, Tally } from '../../support/proof-tally.ts'
import {
  type EndpointPolicy,
  ENDPOINTS,
  POLICED,
  type Subject,
  WITH_FILES,
} from './endpoint-policy.ts'
import { GUESTS } from './policy.ts'

const REFUSALS = [401, 403, 404]

let stage: Stage
/** What stands for the parameters of paths: rows, and the owner's secret address. */
const ids: Partial<Record<Subject, string>> = {}
let vehicle: string
let secret: string
let photo: Buffer

beforeAll(async () => {
  stage = await openStage()
  for (const slug of ['vehicles', 'user-profiles', ...WITH_FILES] as const)
    ids[slug] = String(stage.rows.of(slug).find(isOwners)?.id)
  vehicle = String(ids.vehicles)
  ids.stations = await saveStationWithPhoto()
  photo = await createPicture(64, 48).jpeg().toBuffer()
  const { text } = await getCaller('owner').request('POST', 'me/calendar-feed')
  secret = String((JSON.parse(text) as { url: string }).url.split('/').at(-1))
}, 600_000)
afterAll(() => stage.close())

const isOwners = ({ whose, state }: { whose: string; state: string }) =>
  whose === 'owner' && state === 'plain'

function getCaller(name: string): ProofCaller {
  const caller = stage.callers.find((each) => each.name === name)
  if (!caller) throw new Error(`Nobody on the stage is ${name}.`)
  return caller
}

async function saveStationWithPhoto(): Promise<string> {
  const { payload } = stage.forecourt
  const photoReference = 'places/proof/photos/one'
  const data = { name: 'Proof Fuel', latitude: 39, longitude: -94, photoReference }
  const { id } = await payload.create({ collection: 'stations', data, overrideAccess: true })
  const photos = getService(payload, 'storages').stations
  await photos.put(buildPhotoKey(photoReference), Buffer.from('a photo'))
  return id
}

/** What is sent: a form with a photo, a form with one fill, which is added once, or an object. */
function buildBody(body: EndpointPolicy['body']): FormData | object | undefined {
  if (typeof body === 'object' || body === undefined) return body
  const form = new FormData()
  const fills = 'Date,Odometer,Gallons,Cost\n2026-01-05 10:00,100,5,15\n'
  if (body === 'fills') form.set('file', new Blob([fills], { type: 'text/csv' }), 'fills.csv')
  else form.set('file', new Blob([new Uint8Array(photo)], { type: 'image/jpeg' }), 'photo.jpg')
  return form
}

/** The ID in the path of an operation: of a row, or of what is saved for this one question. */
async function findSubject(about: Subject = 'vehicles'): Promise<string> {
  if (about === 'file') return saveFile()
  if (about === 'report') return saveReport()
  if (about === 'image')
    await getCaller('owner').request('PUT', `vehicles/${vehicle}/image`, buildBody('photo'))
  if (about === 'offered vehicle') return String((await stage.rows.save('vehicles', 'owner')).id)
  if (about === 'share' || about === 'invitation' || about === 'transfer' || about === 'unoffered')
    return findConsent(about)
  return ids[about] ?? vehicle
}

async function saveFile(): Promise<string> {
  const path = `documents/${ids.documents}/files`
  const { text } = await getCaller('owner').request('POST', path, buildBody('photo'))
  return (JSON.parse(text) as { file: { id: string } }).file.id
}

async function saveReport(): Promise<string> {
  const path = `stations/${ids.stations}/reports`
  const { text } = await getCaller('owner').request('POST', path, { has93Octane: true })
  return (JSON.parse(text) as { doc: { id: string } }).doc.id
}

/** A new vehicle of the owner's, and its share with the guest editor. */
async function saveShared(): Promise<{ id: string; share: string }> {
  const { rows } = stage
  const id = String((await rows.save('vehicles', 'owner')).id)
  const [found] = await rows.query(
    'select id from vehicle_shares where vehicle_id = $1 and guest_id is not null',
    [id],
  )
  return { id, share: String(found?.['id']) }
}

/** The share, invitation or offer of a new vehicle of the owner's, or the vehicle itself. */
async function findConsent(
  about: 'share' | 'invitation' | 'transfer' | 'unoffered',
): Promise<string> {
  const { rows } = stage
  const { id } = await rows.save('vehicles', 'owner')
  const table = about === 'transfer' ? 'vehicle_transfers' : 'vehicle_shares'
  if (about === 'unoffered') {
    await rows.query('delete from vehicle_transfers where vehicle_id = $1', [id])
    return String(id)
  }
  const invited = about === 'share' ? 'guest editor' : 'offered owner'
  const email = rows.people.find(({ actor }) => actor === invited)?.email
  const [found] = await rows.query(`select id from ${table} where vehicle_id = $1 and email = $2`, [
    id,
    email,
  ])
  return String(found?.['id'])
}

/** Asks an operation as somebody, and notes an answer that the policy does not give them. */
async function askOperation(
  tally: Tally,
  { name, actor, request }: ProofCaller,
  operation: string,
  { about, params = {}, query = '', body, isOff, answers }: EndpointPolicy,
): Promise<void> {
  const [method = '', path = ''] = operation.split(' ')
  const values: Record<string, string> = {
    ...(about === 'shared vehicle' ? await saveShared() : { id: await findSubject(about) }),
    token: secret,
    ...params,
  }
  const filled = path.replaceAll(/{(\w+)}/g, (_, key: string) => String(values[key]))
  const address = `${filled.replace('/api/', '')}?${query}`
  const { status, text } = await request(method, address, buildBody(body))
  const sentence = `${name}, ${operation}`
  if (answers.includes(actor)) {
    const isAnswered = isOff ? status === 501 : status < 300
    tally.expectPossible(sentence, !isAnswered && `${status} ${text.slice(0, 200)}`)
  } else {
    const problems = REFUSALS.includes(status) ? [] : [`${status} ${text.slice(0, 200)}`]
    tally.expectNothing(sentence, problems)
  }
  const isOffered = GUESTS.includes(actor) && /me\/(shares|transfers)$/.test(path)
  const mayKnowVehicle = about !== undefined || actor === 'owner' || isOffered
  const leaks = !mayKnowVehicle && text.includes(vehicle) ? ['it names the owner’s vehicle'] : []
  tally.expectNothing(sentence, leaks)
}

describe('the access table of our own operations', () => {
  it('has every operation of the garage, the catalog, VINs and stations, and nothing else', () => {
    const operations = listOperations(stage.forecourt.payload.config).filter(({ path }) =>
      POLICED.test(path),
    )
    expect(Object.keys(ENDPOINTS).sort()).toEqual(operations.map(formatOperationName).sort())
  })

  it('holds for each of them, whoever asks', async () => {
    const tally = new Tally()
    const askers = [...stage.callers, ...stage.guests]
    for (const [operation, policy] of Object.entries(ENDPOINTS))
      for (const caller of askers) await askOperation(tally, caller, operation, policy)
    tally.printReport('access matrix, own operations')
    expect(tally.cases).toBe(2 * Object.keys(ENDPOINTS).length * askers.length)
    expect(tally).toMatchObject(NONE)
  })

  it('gives nothing to a forged token, a guessed address, or an address that was replaced', async () => {
    const owner = getCaller('owner')
    for (const path of [`vehicles/${vehicle}/stats`, 'me/due', 'me/calendar-feed'])
      expect(REFUSALS).toContain((await owner.requestForged('GET', path)).status)
    const guess = `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`
    for (const address of [secret, guess])
      expect((await getCaller('anonymous').request('GET', `calendar/${address}`)).status).toBe(404)
  })
})
