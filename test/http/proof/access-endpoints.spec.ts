import { randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { listOperations } from '../../../src/api/openapi/operations.ts'
import { getService } from '../../../src/services.ts'
import { buildPhotoKey } from '../../../src/stations/photos.ts'
import { anyVin, saveCar } from '../../support/builders.ts'
import { saveCarPhoto } from '../../support/car-photo.ts'
import { createPicture } from '../../support/http-photos.ts'
import { formatOperationName } from '../../support/openapi-requests.ts'
import { anOffer, readToken } from '../../support/submissions.ts'
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
  await stage.forecourt.sql(
    `update export_feeds set enabled = true, delivery = 'pull' where feed = 'google'`,
  )
  ids.stations = await saveStationWithPhoto()
  await openPublicSite()
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

/** The dealership's settings that payments and the sitemap need, and a car with a known slug. */
async function openPublicSite(): Promise<void> {
  const { forecourt } = stage
  await forecourt.sql(`update dealership set sales_tax_percent = 8, document_fee = 85,
    registration_fee = 300, interest_percent = 7, car_url_template = 'https://x.example/{slug}'`)
  const { slug } = await saveCar(forecourt.payload)
  await forecourt.ownerSql('alter table inventory disable trigger inventory_set_slug')
  await forecourt.sql(`update inventory set slug = '2021-honda-fit-proof' where slug = $1`, [slug])
  await forecourt.ownerSql('alter table inventory enable trigger inventory_set_slug')
}

/** A change of the price of one car of the builders, by $500. */
const buildPriceBatch = (id: string) => ({
  rows: [{ id, oldPrice: 24_500, newPrice: 24_000 }],
  change: { amount: -500 },
})

/** What is sent: a form with a photo, a form with one fill, which is added once, or an object. */
function buildBody(
  body: Exclude<EndpointPolicy['body'], 'price batch'>,
): FormData | object | undefined {
  if (typeof body === 'object' || body === undefined) return body
  const form = new FormData()
  const fills = 'Date,Odometer,Gallons,Cost\n2026-01-05 10:00,100,5,15\n'
  if (body === 'offer') return anOffer()
  if (body === 'withdrawal') form.set('action', 'withdraw')
  else if (body === 'fills') form.set('file', new Blob([fills], { type: 'text/csv' }), 'fills.csv')
  else form.set('file', new Blob([new Uint8Array(photo)], { type: 'image/jpeg' }), 'photo.jpg')
  return form
}

/** The ID in the path of an operation: of a row, or of what is saved for this one question. */
async function findSubject(about: Subject = 'vehicles'): Promise<string> {
  if (about === 'file') return saveFile()
  if (about === 'car') return (await saveCar(stage.forecourt.payload)).id
  if (about === 'price batch') return savePriceBatch()
  if (about === 'held delivery') return saveHeldDelivery()
  if (about === 'report') return saveReport()
  if (about === 'new submission') return saveNewSubmission()
  if (about === 'image')
    await getCaller('owner').request('PUT', `vehicles/${vehicle}/image`, buildBody('photo'))
  if (about === 'offered vehicle') return String((await stage.rows.save('vehicles', 'owner')).id)
  if (about === 'share' || about === 'invitation' || about === 'transfer' || about === 'unoffered')
    return findConsent(about)
  if (about === 'unsent' || about === 'sent vehicle') return saveVehicleOf(about)
  if (about === 'car with history' || about === 'shared history') return saveHistoryOf(about)
  return ids[about] ?? vehicle
}

/** A new vehicle of the owner's, which can be sent to the dealer, or was. */
async function saveVehicleOf(about: 'unsent' | 'sent vehicle'): Promise<string> {
  const { rows } = stage
  const { id } = await rows.save('vehicles', 'owner')
  await rows.query(
    `update vehicles set year = 2021, make = 'Honda', model = 'Fit', odometer_reading = 9
     where id = $1`,
    [id],
  )
  const sent = { vehicle_id: id, owner_id: rows.getSubject('owner') }
  if (about === 'sent vehicle') await rows.save('pending-submissions', 'nobody', 'plain', sent)
  return String(id)
}

/** A submission with a history, or a car that has one. */
async function saveHistoryOf(about: 'car with history' | 'shared history'): Promise<string> {
  const { rows } = stage
  const submission = await rows.save('pending-submissions', 'nobody')
  const car = await rows.save('inventory', 'nobody')
  await rows.query(
    `insert into shared_histories (submission_id, inventory_id, head, records)
     select $1, id, 'a', json_build_array(json_build_object('vin', vin))::text from inventory
     where id = $2`,
    [submission.id, car.id],
  )
  return String(about === 'car with history' ? car.id : submission.id)
}

async function saveFile(): Promise<string> {
  const path = `documents/${ids.documents}/files`
  const { text } = await getCaller('owner').request('POST', path, buildBody('photo'))
  return (JSON.parse(text) as { file: { id: string } }).file.id
}

/** A new submission, which nobody has decided. */
async function saveNewSubmission(): Promise<string> {
  const { id } = await stage.forecourt.payload.create({
    collection: 'pending-submissions',
    data: { year: 2021, make: 'Honda', model: 'Fit', vin: anyVin(), submissionStatus: 'pending' },
    overrideAccess: true,
  })
  return id
}

async function savePriceBatch(): Promise<string> {
  const { rows } = await stage.forecourt.sql(
    `insert into price_batches (summary, rule, value, cars) values ('−5%', 'percent', -5, 1)
      returning id`,
  )
  return String(rows[0]?.['id'])
}

/** A delivery that is held, with a file. */
async function saveHeldDelivery(): Promise<string> {
  const { payload, sql } = stage.forecourt
  const key = `${randomUUID()}.gz`
  await getService(payload, 'storages').feeds.put(key, gzipSync('cars'))
  const { rows } = await sql(
    `insert into feed_deliveries (feed, state, file_key, file_name, bytes, sha256, cars)
      values ('google', 'held', $1, 'cars.xml', 4, 'a', 1) returning id`,
    [key],
  )
  return String(rows[0]?.['id'])
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

/**
 * A new submission with a photo, which waits for an answer. Staff offer it, who may do so more
 * often. The operations of its link name the photo `id`, those of staff the submission.
 */
async function saveSubmission(path: string): Promise<Record<string, string>> {
  const offered = await getCaller('manager').request('POST', 'submissions', anOffer())
  const { reference, url } = JSON.parse(offered.text) as { reference: string; url: string }
  const token = readToken(url)
  const address = `submissions/${reference}/photos?token=${token}`
  const { text } = await getCaller('manager').request('POST', address, buildBody('photo'))
  const { id: photo } = (JSON.parse(text) as { photo: { id: string } }).photo
  const [row] = await stage.rows.query(
    `update pending_submissions set submission_status = 'info_wanted', question = 'Any rust?'
    where reference = $1 returning id`,
    [reference],
  )
  const id = path.includes('{reference}') ? photo : String(row?.['id'])
  return { reference, token, id, photo }
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

/** What stands for the parameters of a path, and the token of a link. */
async function findValues(
  about: Subject | undefined,
  path: string,
): Promise<Record<string, string>> {
  if (about === 'submission') return saveSubmission(path)
  if (about === 'car with photo') {
    const { car, size, banner } = await saveCarPhoto(stage.forecourt)
    return { id: car, filename: path.startsWith('/api/media') ? size : banner }
  }
  return about === 'shared vehicle' ? saveShared() : { id: await findSubject(about) }
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
    token: secret,
    ...(await findValues(about, path)),
    ...params,
  }
  const filled = path.replaceAll(/{(\w+)}/g, (_, key: string) => String(values[key]))
  const token = path.includes('{reference}') ? `token=${values['token']}` : ''
  const address = `${filled.replace('/api/', '')}?${query}${token}`
  const sent = body === 'price batch' ? buildPriceBatch(values['id'] ?? '') : buildBody(body)
  const { status, text } = await request(method, address, sent)
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
  it('has every operation of the garage, histories, the catalog, VINs and stations alone', () => {
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
