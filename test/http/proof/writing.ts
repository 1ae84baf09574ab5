import type { Scene } from '../../support/proof-everybody.ts'
import { buildChange } from '../../support/proof-changes.ts'
import { compareAnswers, findLeaks } from '../../support/proof-leaks.ts'
import type { Row } from '../../support/proof-rows.ts'
import type { Answer } from '../../support/proof-stage.ts'
import { getCollection, getGraphqlNames, buildMissingId } from '../../support/proof-names.ts'
import { may, type Operation } from './policy.ts'

/**
 * A way to change or remove one row. `many`: the row is searched for, so that a hidden one is
 * simply not found.
 */
type WriteWay = {
  name: string
  operation: Operation
  of: Row['state'][]
  many?: boolean
  ask: (id: string | number) => Promise<Answer>
}

const THERE: Row['state'][] = ['plain', 'off show', 'sunk']

/**
 * Changes and removes rows in every way there is, and compares what the database holds afterwards
 * with the policy.
 */
export async function writeEveryWay(scene: Scene): Promise<void> {
  const { stage, caller, slug } = scene
  const rows = stage.rows.listNear(slug, caller.actor)
  for (const way of writeWays(scene)) {
    const aimed = rows.filter(({ state }) => way.of.includes(state))
    const missing = aimed[0] && (await way.ask(buildMissingId(aimed[0])))
    for (const row of aimed) await writeOne(scene, way, row, missing)
  }
}

function writeWays(scene: Scene): WriteWay[] {
  const { stage, slug, caller } = scene
  const { trash } = getCollection(stage.forecourt.payload, slug)
  const ways = [...changes(scene), ...removals(scene), ...(trash ? trashWays(scene) : [])]
  return caller.byCookie ? ways.filter(({ name }) => !name.startsWith('GraphQL')) : ways
}

function changes({ stage, caller, slug }: Scene): WriteWay[] {
  const { one, idType } = getGraphqlNames(getCollection(stage.forecourt.payload, slug))
  const mutation =
    `mutation($id: ${idType}!, $data: mutation${one}UpdateInput!) { update${one}(id: $id,
      ` + 'data: $data) { id } }'
  const about = { operation: 'update' as const, of: THERE }
  return [
    {
      ...about,
      name: 'update',
      ask: (id) => caller.request('PATCH', `${slug}/${encodeURIComponent(id)}`, buildChange(slug)),
    },
    {
      ...about,
      name: 'bulk update',
      many: true,
      ask: (id) => caller.request('PATCH', `${slug}?${withId(id)}`, buildChange(slug)),
    },
    {
      ...about,
      name: 'GraphQL update',
      ask: (id) => caller.queryGraphql(mutation, { id, data: buildChange(slug) }),
    },
  ]
}

function removals({ stage, caller, slug }: Scene): WriteWay[] {
  const { one, idType } = getGraphqlNames(getCollection(stage.forecourt.payload, slug))
  const mutation = `mutation($id: ${idType}!) { delete${one}(id: $id) { id } }`
  const about = { operation: 'delete' as const, of: THERE }
  return [
    {
      ...about,
      name: 'delete',
      ask: (id) => caller.request('DELETE', `${slug}/${encodeURIComponent(id)}`),
    },
    {
      ...about,
      name: 'bulk delete',
      many: true,
      ask: (id) => caller.request('DELETE', `${slug}?${withId(id)}`),
    },
    { ...about, name: 'GraphQL delete', ask: (id) => caller.queryGraphql(mutation, { id }) },
  ]
}

function trashWays({ stage, caller, slug }: Scene): WriteWay[] {
  const { one } = getGraphqlNames(getCollection(stage.forecourt.payload, slug))
  const update =
    `mutation($id: String!, $data: mutation${one}UpdateInput!) { update${one}(id: $id, trash:
      ` + 'true, data: $data) { id } }'
  const destroy = `mutation($id: String!) { delete${one}(id: $id, trash: true) { id } }`
  const there = { operation: 'delete' as const, of: THERE }
  const gone = { operation: 'update' as const, of: ['in trash' as const] }
  const forGood = { operation: 'destroy' as const, of: ['plain' as const, 'in trash' as const] }
  return [
    {
      ...there,
      name: 'trash by a change',
      ask: (id) =>
        caller.request('PATCH', `${slug}/${id}`, { deletedAt: '2026-04-01T00:00:00.000Z' }),
    },
    { ...gone, name: 'restore', ask: (id) => caller.request('POST', `${slug}/${id}/restore`) },
    {
      ...gone,
      name: 'restore by a change',
      ask: (id) => caller.request('PATCH', `${slug}/${id}?trash=true`, { deletedAt: null }),
    },
    {
      ...gone,
      name: 'bulk restore',
      many: true,
      ask: (id) => caller.request('PATCH', `${slug}?trash=true&${withId(id)}`, { deletedAt: null }),
    },
    {
      ...gone,
      name: 'GraphQL restore',
      ask: (id) => caller.queryGraphql(update, { id, data: { deletedAt: null } }),
    },
    {
      ...forGood,
      name: 'delete for good',
      ask: (id) => caller.request('DELETE', `${slug}/${id}?trash=true`),
    },
    {
      ...forGood,
      name: 'bulk delete for good',
      many: true,
      ask: (id) => caller.request('DELETE', `${slug}?trash=true&${withId(id)}`),
    },
    {
      ...forGood,
      name: 'GraphQL delete for good',
      ask: (id) => caller.queryGraphql(destroy, { id }),
    },
  ]
}

async function writeOne(
  { stage, tally, caller, slug }: Scene,
  way: WriteWay,
  row: Row,
  missing: Answer | undefined,
): Promise<void> {
  const { rows } = stage
  const about = `${caller.name}, ${slug} (${row.state}, of ${row.whose}), ${way.name}`
  const before = await rows.loadStored(row)
  const answer = await way.ask(row.id)
  const after = await rows.loadStored(row)
  const landed = JSON.stringify(before) !== JSON.stringify(after)
  const shown = `${answer.status} ${answer.text.slice(0, 160)}`
  const reported = findLeaks(rows, caller.actor, answer.text, [row.id])
  if (may(caller.actor, way.operation, slug, row)) {
    const done = (way.operation === 'destroy' ? !after : landed) || isRemovedReport(row)
    tally.expectPossible(about, !done && `nothing happened: ${shown}`)
    const tooMuch =
      way.operation === 'delete' && before && 'deleted_at' in before && !after
        ? ['it is gone for good']
        : []
    tally.expectNothing(about, [...reported, ...tooMuch])
  } else {
    const other =
      missing && !may(caller.actor, 'read', slug, row)
        ? compareAnswers(answer, row.id, missing, buildMissingId(row))
        : []
    tally.expectNothing(about, [
      ...(landed ? [`it was done: ${shown}`] : []),
      ...(saysNo(answer, way) ? [] : [`it answered ${shown}`]),
      ...reported,
      ...other,
    ])
  }
  if (landed && !isOneself(row)) await rows.renew(row)
}

/**
 * Whether an answer refuses: by its status, by an error of GraphQL, or in bulk by having found
 * nothing.
 */
export const saysNo = (
  { status, text }: Answer,
  { name, many }: { name: string; many?: boolean },
) =>
  [401, 403, 404].includes(status) ||
  (many && text.includes('"docs":[]')) ||
  (name.startsWith('GraphQL') && text.includes('"errors"'))

/** A report is taken back once; nothing else of it changes. */
const isRemovedReport = ({ slug, state }: Row) =>
  slug === 'community-stations' && state === 'off show'

/** Profiles and users of those who ask stay as they were changed: they have to go on asking. */
export const isOneself = ({ slug, whose }: Row) =>
  (slug === 'users' || slug === 'user-profiles') && whose !== 'nobody'

const withId = (id: string | number) => `where[id][equals]=${encodeURIComponent(id)}`
