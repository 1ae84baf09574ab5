import type { Scene } from '../../support/proof-everybody.ts'
import type { FlattenedField } from 'payload'
import { buildChange } from '../../support/proof-changes.ts'
import type { Row } from '../../support/proof-rows.ts'
import { FORGED_AT, forgeValue, isSame } from '../../support/proof-values.ts'
import { getCollection, getGraphqlNames } from '../../support/proof-names.ts'
import { repair, send } from './making.ts'
import { GUESTS, holds, may } from './policy.ts'
import { columnOf } from './secrets.ts'
import { consequencesOf, writersOf } from './writable.ts'
import { isOneself } from './writing.ts'

type Stored = Record<string, unknown>

/**
 * Something that a body says: a field, and a value that the field would take. `declared`: the
 * collection has the field.
 */
type Plant = { field: string; value: unknown; declared: boolean }

/** What Payload keeps about rows and accounts of its own accord, whether or not a table has it. */
const INTERNAL: Readonly<Record<string, unknown>> = {
  id: '11111111-1111-4111-8111-111111111111',
  createdAt: FORGED_AT,
  deletedAt: FORGED_AT,
  hash: 'forged',
  salt: 'forged',
  resetPasswordToken: 'forged',
  resetPasswordExpiration: FORGED_AT,
  loginAttempts: 77,
  lockUntil: FORGED_AT,
  _verified: true,
  _verificationToken: 'forged',
  enableAPIKey: true,
  apiKey: 'forged',
  apiKeyIndex: 'forged',
  _status: 'draft',
  garageAdmin: true,
  collection: 'users',
}

/**
 * The row whose fields somebody tries: nobody's of the proof, or the owner's for admins, else one's
 * own.
 */
function changeable({ stage, caller, slug }: Scene): Row | undefined {
  const rows = stage.rows
    .of(slug)
    .filter((row) => row.state === 'plain' && may(caller.actor, 'update', slug, row))
  return (
    rows.find(({ whose }) => whose === 'nobody') ??
    rows.find(({ whose }) => whose === 'owner') ??
    rows[0]
  )
}

/**
 * Says what is not theirs to say in new rows, in changes, in bulk and over GraphQL. Passwords come
 * last: they end sessions.
 */
export async function plantEverywhere(scene: Scene): Promise<void> {
  if (scene.caller.byCookie) return
  await plantInCreations(scene)
  await plantManyAtOnce(scene)
  await plantInChanges(scene)
}

/**
 * Says every field of a row in a change of it, one by one, and compares what the database then
 * holds with the list.
 */
async function plantInChanges(scene: Scene): Promise<void> {
  const { stage, caller, slug, tally } = scene
  const row = changeable(scene)
  if (!row) return
  for (const plant of await plantsFor(scene, row.whose, await stage.rows.loadStored(row))) {
    const before = (await stage.rows.loadStored(row)) ?? {}
    const { status, text } = await caller.request(
      'PATCH',
      `${slug}/${encodeURIComponent(row.id)}`,
      {
        [plant.field]: plant.value,
      },
    )
    const after = (await stage.rows.loadStored(row)) ?? {}
    const writable = holds(writersOf(slug, plant.field, 'update'), caller.actor, row)
    const about = `${caller.name}, ${slug}.${plant.field} in a change`
    tally.expectNothing(about, taken(scene, plant, writable, before, after))
    const held = changedColumns(before, after).includes(
      columnOf(scene.stage, scene.slug, plant.field),
    )
    if (writable && plant.declared)
      tally.expectPossible(about, !held && `it stays: ${status} ${text.slice(0, 200)}`)
    if (!isOneself(row)) await stage.rows.renew(row)
  }
}

/**
 * Says everything that is not for them at once, beside a change that is, in bulk and over GraphQL.
 */
async function plantManyAtOnce(scene: Scene): Promise<void> {
  const { stage, caller, slug, tally } = scene
  const row = changeable(scene)
  if (!row) return
  const plants = await plantsFor(scene, row.whose, await stage.rows.loadStored(row))
  const refused = plants.filter(
    ({ field }) =>
      !holds(writersOf(slug, field, 'update'), caller.actor, row) &&
      !(field === 'deletedAt' && GUESTS.includes(caller.actor)), // refuses the whole change
  )
  const forged = Object.fromEntries(refused.map(({ field, value }) => [field, value]))
  const meant = Object.keys(buildChange(slug))
  const ways = {
    'bulk change': (change: object) =>
      caller.request('PATCH', `${slug}?where[id][equals]=${encodeURIComponent(row.id)}`, {
        ...forged,
        ...change,
      }),
    'GraphQL change': (change: object) => plantByGraphql(scene, row, forged, change),
  }
  for (const [name, ask] of Object.entries(ways)) {
    const before = (await stage.rows.loadStored(row)) ?? {}
    const { status, text } = await ask(buildChange(slug))
    const after = (await stage.rows.loadStored(row)) ?? {}
    const about = `${caller.name}, ${slug}, everything in a ${name}`
    tally.expectNothing(
      about,
      refused.flatMap((plant) => taken(scene, plant, false, before, after, meant)),
    )
    tally.expectPossible(
      about,
      changedColumns(before, after).length === 0 &&
        `nothing happened: ${status} ${text.slice(0, 300)}`,
    )
    if (!isOneself(row)) await stage.rows.renew(row)
  }
}

/** The part of it that the schema of GraphQL takes at all. */
async function plantByGraphql(
  { stage, caller, slug }: Scene,
  { id }: Row,
  forged: object,
  change: object,
) {
  const { one, idType } = getGraphqlNames(getCollection(stage.forecourt.payload, slug))
  const type = `mutation${one}UpdateInput`
  const { text } = await caller.queryGraphql(`{ __type(name: "${type}") { inputFields { name } } }`)
  const known = Object.entries(forged).filter(([field]) => text.includes(`{"name":"${field}"}`))
  const mutation = `mutation($id: ${idType}!, $data: ${type}!) { update${one}(id: $id, data: $data)
    { id } }`
  return caller.queryGraphql(mutation, { id, data: { ...Object.fromEntries(known), ...change } })
}

/**
 * Says every field of a new row, one by one, and compares what the database then holds with the
 * list.
 */
async function plantInCreations(scene: Scene): Promise<void> {
  const { stage, caller, slug, tally } = scene
  const facts = { whose: caller.actor, onShow: true, sunk: false }
  if (!may(caller.actor, 'create', slug, facts)) return
  const whose =
    caller.actor === 'owner' ||
    GUESTS.includes(caller.actor) ||
    (caller.actor === 'garage admin' && slug === 'community-stations')
      ? caller.actor
      : 'stranger'
  for (const plant of await plantsFor(scene, whose, undefined)) {
    const { data, markers } = await stage.rows.buildBody(slug, whose)
    const answer = await send(scene, 'create', {
      data: { ...data, [plant.field]: plant.value as string },
      markers,
    })
    const id = (JSON.parse(answer.text) as { doc?: { id?: string } }).doc?.id
    const made = id === undefined ? undefined : await stage.rows.loadStored({ slug, id })
    const writable = holds(writersOf(slug, plant.field, 'create'), caller.actor, facts)
    const about = `${caller.name}, ${slug}.${plant.field} in a new row`
    const held =
      made !== undefined &&
      isSame(made[columnOf(scene.stage, scene.slug, plant.field)], plant.value)
    tally.expectNothing(about, !writable && (held || isForged(made, plant)) ? ['it was taken'] : [])
    if (writable && plant.field !== 'password')
      tally.expectPossible(
        about,
        !held && `it is not kept: ${answer.status} ${answer.text.slice(0, 200)}`,
      )
  }
  await repair(scene)
}

/**
 * Every field of the collection, and everything internal, with a value that does not stand there
 * yet.
 */
async function plantsFor(
  scene: Scene,
  whose: Row['whose'],
  standing: Stored | undefined,
): Promise<Plant[]> {
  const { stage, slug, caller } = scene
  const plants: Plant[] = []
  for (const field of getCollection(stage.forecourt.payload, slug).flattenedFields) {
    if (
      field.type === 'join' ||
      ('virtual' in field && field.virtual) ||
      field.name === 'updatedAt'
    )
      continue
    const value =
      field.type === 'relationship'
        ? await otherRow(scene, field, whose)
        : forgeValue(field, standing?.[columnOf(scene.stage, scene.slug, field.name)])
    const stranger = stage.rows.getSubject(caller.actor === 'stranger' ? 'owner' : 'stranger')
    plants.push({
      field: field.name,
      value: field.name === 'userId' ? stranger : value,
      declared: true,
    })
  }
  const more = Object.entries(INTERNAL).filter(
    ([name]) => !plants.some(({ field }) => field === name),
  )
  const password =
    slug === 'users'
      ? [{ field: 'password', value: 'a forged long password', declared: false }]
      : []
  return [
    ...plants,
    ...more.map(([field, value]) => ({ field, value, declared: false })),
    ...password,
  ]
}

async function otherRow(
  { stage }: Scene,
  { relationTo }: Extract<FlattenedField, { type: 'relationship' }>,
  whose: Row['whose'],
) {
  return typeof relationTo === 'string'
    ? (await stage.rows.save(relationTo, relationTo === 'users' ? 'nobody' : whose)).id
    : undefined
}

/**
 * What a body got that it may not have: the field itself, or another column that no rule lets
 * follow.
 */
function taken(
  scene: Scene,
  plant: Plant,
  writable: boolean,
  before: Stored,
  after: Stored,
  meant: string[] = [],
): string[] {
  const { field, value } = plant
  const follows = [...consequencesOf(scene.slug), ...meant, ...(writable ? [field] : [])].map(
    (name) => columnOf(scene.stage, scene.slug, name),
  )
  const moved = changedColumns(before, after)
  const other =
    field === 'password' && writable ? [] : moved.filter((name) => !follows.includes(name))
  const same =
    !writable &&
    moved.includes(columnOf(scene.stage, scene.slug, field)) &&
    isSame(after[columnOf(scene.stage, scene.slug, field)], value)
  return [
    ...other.map((name) => `${name} changed`),
    ...(same && !meant.includes(field) ? [`${field} was taken`] : []),
  ]
}

/** Whether a value that only a body could say stands anywhere in a row. */
const isForged = (row: Stored | undefined, { value }: Plant) =>
  /forged/i.test(JSON.stringify(value)) && /forged/i.test(JSON.stringify(row ?? {}))

const changedColumns = (before: Stored, after: Stored): string[] =>
  Object.keys({ ...before, ...after }).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  )
