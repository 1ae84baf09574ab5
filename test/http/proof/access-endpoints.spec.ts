import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { listOperations } from '../../../src/api/openapi/operations.ts'
import { formatOperationName } from '../../support/openapi-requests.ts'
import { openStage, type ProofCaller, type Stage } from '../../support/proof-stage.ts'
import { NONE, Tally } from '../../support/proof-tally.ts'
import { type EndpointPolicy, ENDPOINTS, POLICED, type Subject } from './endpoint-policy.ts'
import { GUESTS } from './policy.ts'

const REFUSALS = [401, 403, 404]

let stage: Stage
/** What stands for the parameters of paths: the owner's vehicle, and their secret address. */
let vehicle: string
let secret: string

beforeAll(async () => {
  stage = await openStage()
  vehicle = String(stage.rows.of('vehicles').find(isOwners)?.id)
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

/** The id in a path: of the owner's vehicle, or of what is saved for this one question. */
async function findSubject(about: Subject = 'vehicles'): Promise<string> {
  if (about === 'vehicles' || about === 'secret') return vehicle
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
  { about, body, params = {}, answers }: EndpointPolicy,
): Promise<void> {
  const [method = '', path = ''] = operation.split(' ')
  const id = await findSubject(about)
  const values: Record<string, string> = { id, token: secret, ...params }
  const filled = path.replaceAll(/{(\w+)}/g, (_, key: string) => String(values[key]))
  const { status, text } = await request(method, filled.replace('/api/', ''), body)
  const sentence = `${name}, ${operation}`
  if (answers.includes(actor)) {
    tally.expectPossible(sentence, status >= 300 && `${status} ${text.slice(0, 200)}`)
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
  it('has every operation of the garage, and nothing else', () => {
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
