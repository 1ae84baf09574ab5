import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { listOperations } from '../../../src/api/openapi/operations.ts'
import { formatOperationName } from '../../support/openapi-requests.ts'
import { openStage, type ProofCaller, type Stage } from '../../support/proof-stage.ts'
import { NONE, Tally } from '../../support/proof-tally.ts'
import { createPicture } from '../../support/http-photos.ts'
import { type EndpointPolicy, ENDPOINTS, POLICED, WITH_FILES } from './endpoint-policy.ts'

const REFUSALS = [401, 403, 404]

let stage: Stage
/** What stands for the parameters of paths: rows of the owner, and their secret address. */
const ids: Record<string, string> = {}
let vehicle: string
let secret: string
let photo: Buffer

beforeAll(async () => {
  stage = await openStage()
  for (const slug of ['vehicles', ...WITH_FILES] as const)
    ids[slug] = String(stage.rows.of(slug).find(isOwners)?.id)
  vehicle = String(ids['vehicles'])
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

/** A form with a photo. */
function buildForm(): FormData {
  const form = new FormData()
  form.set('file', new Blob([new Uint8Array(photo)], { type: 'image/jpeg' }), 'photo.jpg')
  return form
}

/** The ID in the path of an operation; a file or an image is there again each time. */
async function findId({ about = 'vehicles' }: EndpointPolicy): Promise<string> {
  const owner = getCaller('owner')
  if (about === 'image') await owner.request('PUT', `vehicles/${vehicle}/image`, buildForm())
  if (about !== 'file') return ids[about] ?? vehicle
  const path = `documents/${ids['documents']}/files`
  const { text } = await owner.request('POST', path, buildForm())
  return (JSON.parse(text) as { file: { id: string } }).file.id
}

/** Asks an operation as somebody, and notes an answer that the policy does not give them. */
async function askOperation(
  tally: Tally,
  { name, actor, request }: ProofCaller,
  operation: string,
  policy: EndpointPolicy,
): Promise<void> {
  const { about, params = {}, answers, buildBody, sends } = policy
  const [method = '', path = ''] = operation.split(' ')
  const values: Record<string, string> = { id: await findId(policy), token: secret, ...params }
  const filled = path.replaceAll(/{(\w+)}/g, (_, key: string) => String(values[key]))
  const { status, text } = await request(method, filled.replace('/api/', ''), sends ? buildForm() : buildBody?.())
  const sentence = `${name}, ${operation}`
  if (answers.includes(actor)) {
    tally.expectPossible(sentence, status >= 300 && `${status} ${text.slice(0, 200)}`)
  } else {
    const problems = REFUSALS.includes(status) ? [] : [`${status} ${text.slice(0, 200)}`]
    tally.expectNothing(sentence, problems)
  }
  const mayKnowVehicle = about !== undefined || actor === 'owner'
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
