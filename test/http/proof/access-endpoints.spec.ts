import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { listOperations } from '../../../src/api/openapi/operations.ts'
import { getService } from '../../../src/services.ts'
import { buildPhotoKey } from '../../../src/stations/photos.ts'
import { formatOperationName } from '../../support/openapi-requests.ts'
import { openStage, type ProofCaller, type Stage } from '../../support/proof-stage.ts'
import { NONE, Tally } from '../../support/proof-tally.ts'
import { type EndpointPolicy, ENDPOINTS, POLICED } from './endpoint-policy.ts'

const REFUSALS = [401, 403, 404]

let stage: Stage
/** What stands for the parameters of paths: the owner's vehicle and secret address, a station. */
let vehicle: string
let secret: string
let station: string

beforeAll(async () => {
  stage = await openStage()
  vehicle = String(stage.rows.of('vehicles').find(isOwners)?.id)
  const { text } = await getCaller('owner').request('POST', 'me/calendar-feed')
  secret = String((JSON.parse(text) as { url: string }).url.split('/').at(-1))
  station = await saveStationWithPhoto()
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

/** The ID in the path of an operation. A report is there again each time. */
async function findId({ about }: EndpointPolicy): Promise<string> {
  if (about === 'stations') return station
  if (about !== 'report') return vehicle
  const path = `stations/${station}/reports`
  const { text } = await getCaller('owner').request('POST', path, { has93Octane: true })
  return (JSON.parse(text) as { doc: { id: string } }).doc.id
}

/** Asks an operation as somebody, and notes an answer that the policy does not give them. */
async function askOperation(
  tally: Tally,
  { name, actor, request }: ProofCaller,
  operation: string,
  policy: EndpointPolicy,
): Promise<void> {
  const { about, params = {}, query = '', body, isOff = false, answers } = policy
  const [method = '', path = ''] = operation.split(' ')
  const values: Record<string, string> = { id: await findId(policy), token: secret, ...params }
  const filled = path.replaceAll(/{(\w+)}/g, (_, key: string) => String(values[key]))
  const { status, text } = await request(method, `${filled.replace('/api/', '')}?${query}`, body)
  const sentence = `${name}, ${operation}`
  if (answers.includes(actor)) {
    const isAnswered = isOff ? status === 501 : status < 300
    tally.expectPossible(sentence, !isAnswered && `${status} ${text.slice(0, 200)}`)
  } else {
    const problems = REFUSALS.includes(status) ? [] : [`${status} ${text.slice(0, 200)}`]
    tally.expectNothing(sentence, problems)
  }
  const mayKnowVehicle = about !== undefined || actor === 'owner'
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
    for (const [operation, policy] of Object.entries(ENDPOINTS))
      for (const caller of stage.callers) await askOperation(tally, caller, operation, policy)
    tally.printReport('access matrix, own operations')
    expect(tally.cases).toBe(2 * Object.keys(ENDPOINTS).length * stage.callers.length)
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
