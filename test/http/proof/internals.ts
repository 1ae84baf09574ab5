import type { ProofCaller, Stage } from '../../support/proof-stage.ts'
import type { Tally } from '../../support/proof-tally.ts'

const KEY = 'proof-of-access'
const STAFF: readonly string[] = ['viewer', 'manager', 'admin']

/**
 * Payload's own tables: the panel's preferences are each active member of staff's own, the others
 * are nobody's.
 */
export async function askForInternals(stage: Stage, tally: Tally): Promise<void> {
  const internal = stage.forecourt.payload.config.collections
    .map(({ slug }) => slug)
    .filter((slug) => slug.startsWith('payload-'))
  for (const asker of stage.callers) await keepPreference(stage, tally, asker)
  for (const asker of stage.callers)
    for (const slug of internal)
      for (const [method, path] of routesOf(slug, asker)) await refused(tally, asker, method, path)
}

function routesOf(slug: string, { actor }: ProofCaller): [method: string, path: string][] {
  const id = '00000000-0000-4000-8000-000000000000'
  const lists: [string, string][] = [
    '',
    '?limit=100&depth=2',
    '/count',
    `/${id}`,
    `/versions`,
    '/count?where[id][exists]=true',
  ].map((path) => ['GET', `${slug}${path}`])
  const writes: [string, string][] = [
    ['POST', slug],
    ['PATCH', `${slug}?where[id][exists]=true`],
    ['PATCH', `${slug}/${id}`],
    ['DELETE', `${slug}/${id}`],
    ['POST', `${slug}/${id}/duplicate`],
    ['POST', `${slug}/access/${id}`],
  ]
  const isStaff = slug === 'payload-preferences' && STAFF.includes(actor)
  const byKey: [string, string][] = [
    ['GET', `${slug}/${KEY}`],
    ['POST', `${slug}/${KEY}`],
    ['DELETE', `${slug}?where[id][exists]=true`],
  ]
  return isStaff ? [['POST', slug], ...writes.slice(1, 3)] : [...lists, ...writes, ...byKey]
}

/** Whoever is on the staff writes a preference under the same key, and reads their own alone. */
async function keepPreference(stage: Stage, tally: Tally, asker: ProofCaller): Promise<void> {
  if (!STAFF.includes(asker.actor)) return
  const word = `preference of ${asker.actor}`
  await asker.request('POST', `payload-preferences/${KEY}`, { value: word })
  const { status, text } = await asker.request('GET', `payload-preferences/${KEY}`)
  const others = STAFF.filter(
    (actor) => actor !== asker.actor && text.includes(`preference of ${actor}`),
  )
  tally.expectNothing(`${asker.name} reads a preference`, others)
  tally.expectPossible(
    `${asker.name} reads a preference`,
    !text.includes(word) && `${status} ${text.slice(0, 200)}`,
  )
  const kept = await stage.rows.query(`select value from payload_preferences where key = $1`, [KEY])
  tally.expectPossible(
    `${asker.name} keeps a preference`,
    !JSON.stringify(kept).includes(word) && 'it is not kept',
  )
}

async function refused(
  tally: Tally,
  asker: ProofCaller,
  method: string,
  path: string,
): Promise<void> {
  const { status, text } = await asker.request(
    method,
    path,
    method === 'GET' || method === 'DELETE' ? undefined : { value: 'forged', key: KEY },
  )
  const reported = [401, 403, 404, 405].includes(status)
    ? []
    : [`it answered ${status} ${text.slice(0, 160)}`]
  tally.expectNothing(`${asker.name}: ${method} ${path}`, [
    ...reported,
    ...(/preference of/.test(text) ? ['it tells a preference'] : []),
  ])
}
