import type { Scene } from '../../support/proof-everybody.ts'
import { compareAnswers, findLeaks } from '../../support/proof-leaks.ts'
import type { Row } from '../../support/proof-rows.ts'
import type { Answer } from '../../support/proof-stage.ts'
import {
  getCollection,
  getGraphqlNames,
  holdsId,
  buildMissingId,
  buildSelection,
  withIds,
} from '../../support/proof-names.ts'
import { may } from './policy.ts'

/** A way to ask for the standing rows, those of the trash too or not. */
type ListWay = { name: string; trash: boolean; ask: (rows: Row[]) => Promise<Answer> }

/** A way to ask for one row, or about it. `tells`: the answer holds the row when it may be read. */
type OneWay = { name: string; tells: boolean; ask: (id: string | number) => Promise<Answer> }

/**
 * Asks for the rows of a collection in every way there is, and compares what comes with the policy.
 */
export async function readEveryWay(scene: Scene): Promise<void> {
  const { stage, caller, slug } = scene
  const rows = stage.rows.of(slug)
  const config = getCollection(stage.forecourt.payload, slug)
  const byCookie = ({ name }: { name: string }) => !caller.byCookie || !name.startsWith('GraphQL')
  for (const way of listWays(scene).filter(byCookie))
    if (config.trash || !way.trash) await readList(scene, way)
  const seesAll = rows.every((row) => may(caller.actor, 'read', slug, row))
  if (!seesAll) for (const query of scans(scene)) await scan(scene, query)
  for (const way of oneWays(scene).filter(byCookie)) await readOneByOne(scene, way)
}

/** The standing rows that the policy shows to the caller. */
const visible = ({ stage, caller, slug }: Scene, trash: boolean): Row[] =>
  stage.rows
    .of(slug)
    .filter((row) => may(caller.actor, 'read', slug, row) && (trash || row.state !== 'in trash'))

function listWays({ stage, caller, slug }: Scene): ListWay[] {
  const config = getCollection(stage.forecourt.payload, slug)
  const { many, idType } = getGraphqlNames(config)
  const [type, operator] = idType === 'Int' ? ['Int', 'equals'] : ['[String]', 'in']
  const get = (path: string, query: string) => (rows: Row[]) =>
    caller.request('GET', `${slug}${path}?${withIds(rows)}&${query}`)
  const graphql = (name: string, more: string, requested: string) => (rows: Row[]) =>
    caller.queryGraphql(
      `query($ids: ${type}) { ${name}(where: { id: { ${operator}: $ids } }${more}) {
        ` + `totalDocs ${requested} } }`,
      {
        ids: idType === 'Int' ? rows[0]?.id : rows.map(({ id }) => id),
      },
    )
  const docs = `docs { ${buildSelection(config)} }`
  return [
    { name: 'list', trash: false, ask: get('', 'limit=100&depth=2') },
    { name: 'list of ids alone', trash: false, ask: get('', 'limit=100&select[id]=true') },
    { name: 'list with the trash', trash: true, ask: get('', 'limit=100&depth=2&trash=true') },
    { name: 'count', trash: false, ask: get('/count', '') },
    { name: 'count with the trash', trash: true, ask: get('/count', 'trash=true') },
    { name: 'GraphQL list', trash: false, ask: graphql(many, ', limit: 100', docs) },
    {
      name: 'GraphQL list with the trash',
      trash: true,
      ask: graphql(many, ', limit: 100, trash: true', docs),
    },
    { name: 'GraphQL count', trash: false, ask: graphql(`count${many}`, '', '') },
    {
      name: 'GraphQL count with the trash',
      trash: true,
      ask: graphql(`count${many}`, ', trash: true', ''),
    },
  ]
}

async function readList(scene: Scene, { name, trash, ask }: ListWay): Promise<void> {
  const { stage, tally, caller, slug } = scene
  const rows = stage.rows.of(slug)
  const ids = rows.map(({ id }) => id)
  const expected = visible(scene, trash)
  const { status, text } = await ask(rows)
  const about = `${caller.name}, ${slug}, ${name}`
  const total = Number(/"totalDocs":(\d+)/.exec(text)?.[1] ?? 0)
  const strange = rows
    .filter((row) => !expected.includes(row) && holdsId(text, row.id))
    .map(({ id }) => `the row ${id}`)
  const tooMany = total > expected.length ? [`${total} rows instead of ${expected.length}`] : []
  tally.expectNothing(about, [
    ...tooMany,
    ...strange,
    ...findLeaks(stage.rows, caller.actor, text, ids),
  ])
  const tooFew = `${total} rows instead of ${expected.length} (${status} ${text.slice(0, 200)})`
  tally.expectPossible(about, total < expected.length && tooFew)
}

/** Questions without ids: whatever they answer must not tell of rows that are hidden. */
function scans({ stage, slug }: Scene): string[] {
  const { joins, flattenedFields } = getCollection(stage.forecourt.payload, slug)
  const names = Object.values(joins).flatMap((declared) => declared.map(({ joinPath }) => joinPath))
  const texts = flattenedFields
    .filter(({ type }) => type === 'text' || type === 'textarea')
    .map(({ name }) => `select[${name}]=true`)
  return [
    'depth=2&limit=0&pagination=false&draft=true&showHiddenFields=true&overrideAccess=true&trash=true',
    `depth=2&limit=100&${texts.join('&')}`,
    ...(names.length > 0
      ? [`depth=2&limit=100&${names.map((name) => `joins[${name}][limit]=100`).join('&')}`]
      : []),
  ]
}

/** The audit log quotes rows of other tables to those who may read it. */
const TRAIL: readonly string[] = ['activity-logs', 'admin-audit-logs']

async function scan({ stage, tally, caller, slug }: Scene, query: string): Promise<void> {
  const { text } = await caller.request('GET', `${slug}?${query}`)
  const quoted =
    TRAIL.includes(slug) && stage.rows.of(slug).some((row) => may(caller.actor, 'read', slug, row))
  tally.expectNothing(
    `${caller.name}, ${slug}?${query}`,
    quoted ? [] : findLeaks(stage.rows, caller.actor, text),
  )
}

function oneWays({ stage, caller, slug }: Scene): OneWay[] {
  const config = getCollection(stage.forecourt.payload, slug)
  const { one, idType } = getGraphqlNames(config)
  const rest = (method: string, path: (id: string) => string) => (id: string | number) =>
    caller.request(method, `${slug}/${path(encodeURIComponent(id))}`)
  const graphql = (name: string, more: string, requests: string) => (id: string | number) =>
    caller.queryGraphql(`query($id: ${idType}!) { ${name}(id: $id${more}) { ${requests} } }`, {
      id,
    })
  return [
    { name: 'by id', tells: true, ask: rest('GET', (id) => `${id}?depth=2&trash=true`) },
    {
      name: 'GraphQL by id',
      tells: true,
      ask: graphql(one, ', trash: true', buildSelection(config)),
    },
    { name: 'what may be done with it', tells: false, ask: rest('POST', (id) => `access/${id}`) },
  ]
}

/**
 * Asks for the standing rows near them. One that is hidden has to be answered with the bytes of one
 * that is not there.
 */
async function readOneByOne(
  { stage, tally, caller, slug }: Scene,
  { name, tells, ask }: OneWay,
): Promise<void> {
  const rows = stage.rows.listNear(slug, caller.actor)
  const missing = rows[0] && (await ask(buildMissingId(rows[0])))
  for (const row of rows) {
    const about = `${caller.name}, ${slug} (${row.state}, of ${row.whose}), ${name}`
    const answer = await ask(row.id)
    const reported = findLeaks(stage.rows, caller.actor, answer.text, [row.id])
    if (!may(caller.actor, 'read', slug, row)) {
      tally.expectNothing(about, [
        ...reported,
        ...(missing ? compareAnswers(answer, row.id, missing, buildMissingId(row)) : []),
      ])
      continue
    }
    tally.expectNothing(about, reported)
    const reported200 = answer.status === 200 && holdsId(answer.text, row.id)
    if (tells)
      tally.expectPossible(about, !reported200 && `${answer.status} ${answer.text.slice(0, 120)}`)
  }
}
