import type { Scene } from '../../support/proof-everybody.ts'
import { findLeaks } from '../../support/proof-leaks.ts'
import { createPicture } from '../../support/http-photos.ts'
import { ALONE } from '../../support/proof-columns.ts'
import type { RowBody, Row } from '../../support/proof-rows.ts'
import type { Answer } from '../../support/proof-stage.ts'
import { getCollection, getGraphqlNames } from '../../support/proof-names.ts'
import { GUESTS, may, mayCopy } from './policy.ts'
import { saysNo } from './writing.ts'

/**
 * Makes rows in every way there is, for oneself and in the name of somebody else, and compares what
 * the database holds with the policy.
 */
export async function makeEveryWay(scene: Scene): Promise<void> {
  const { stage, caller, slug } = scene
  for (const way of ['create', ...(caller.byCookie ? [] : ['GraphQL create'])])
    await makeOne(scene, way)
  const names = getCollection(stage.forecourt.payload, slug).flattenedFields.map(({ name }) => name)
  const aboutVehicles = names.includes('vehicle') && names.includes('userId')
  if (aboutVehicles && caller.actor === 'stranger') await makeAboutForeignVehicle(scene)
  const rows = stage.rows.listNear(slug, caller.actor)
  const { disableDuplicate } = getCollection(stage.forecourt.payload, slug)
  for (const way of [
    'duplicate',
    ...(caller.byCookie || disableDuplicate ? [] : ['GraphQL duplicate']),
  ])
    for (const row of rows) await duplicate(scene, way, row)
}

/** A row that somebody makes. Owners say that it is the owner's; it has to be theirs. */
async function makeOne(scene: Scene, way: string): Promise<void> {
  const { stage, tally, caller, slug } = scene
  const { rows } = stage
  const isOwner =
    caller.actor === 'owner' ||
    caller.actor === 'stranger' ||
    GUESTS.includes(caller.actor) ||
    (caller.actor === 'garage admin' && slug === 'community-stations')
  const body = await rows.buildBody(slug, isOwner ? caller.actor : 'owner')
  if ('userId' in body.data) body.data['userId'] = rows.getSubject('owner')
  const subjects = [rows.getSubject(caller.actor), rows.getSubject('owner')]
  const before = await rows.findSaved(slug, body.markers, subjects)
  const answer = await send(scene, way, body)
  const made = added(before, await rows.findSaved(slug, body.markers, subjects))
  const allowed = may(caller.actor, 'create', slug, {
    whose: caller.actor,
    onShow: true,
    sunk: false,
  })
  const about = `${caller.name}, ${slug}, ${way}`
  const shown = `${answer.status} ${answer.text.slice(0, 200)}`
  const whose = rows.getSubject(isOwner ? caller.actor : 'owner')
  const foreign = made.filter(
    (row) => 'user_id' in row && slug !== 'activity-logs' && row['user_id'] !== whose,
  )
  const reported = findLeaks(rows, caller.actor, answer.text, [rows.getSubject('owner')])
  if (!allowed)
    tally.expectNothing(about, [
      ...made.map(() => `it was made: ${shown}`),
      ...(saysNo(answer, { name: way }) ? [] : [shown]),
      ...reported,
    ])
  else
    tally.expectNothing(about, [
      ...foreign.map((row) => `it is of ${String(row['user_id'])}`),
      ...reported,
    ])
  const byFile = slug === 'media' && way !== 'create'
  if (allowed && !byFile)
    tally.expectPossible(about, made.length !== 1 && `${made.length} rows were made: ${shown}`)
  await repair(scene)
}

/** A row of one's own, of a table that owners write, about the vehicle of somebody else. */
async function makeAboutForeignVehicle(scene: Scene): Promise<void> {
  const { stage, tally, caller, slug } = scene
  for (const way of ['create', 'GraphQL create']) {
    const { data, markers } = await stage.rows.buildBody(slug, 'owner')
    const answer = await send(scene, way, {
      data: { ...data, userId: stage.rows.getSubject(caller.actor) },
      markers,
    })
    const made = await stage.rows.findSaved(slug, markers, [])
    const received = findLeaks(stage.rows, caller.actor, answer.text, [String(data['vehicle'])])
    tally.expectNothing(`${caller.name}, ${slug}, ${way} about a foreign vehicle`, [
      ...made.map(() => 'it was made'),
      ...received,
    ])
  }
}

export async function send(
  { stage, caller, slug }: Scene,
  way: string,
  { data }: RowBody,
): Promise<Answer> {
  const { one } = getGraphqlNames(getCollection(stage.forecourt.payload, slug))
  if (way !== 'create') {
    const mutation = `mutation($data: mutation${one}Input!) { create${one}(data: $data) { id } }`
    return caller.queryGraphql(mutation, { data })
  }
  if (slug !== 'media') return caller.request('POST', slug, data)
  const form = new FormData()
  form.append('_payload', JSON.stringify(data))
  const bytes = await createPicture(64, 48).jpeg().toBuffer()
  form.append('file', new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' }), 'car.jpg')
  return caller.request('POST', slug, form)
}

/** A copy is made only by who may read the row and make one: it would tell what the row holds. */
async function duplicate(
  { stage, tally, caller, slug }: Scene,
  way: string,
  row: Row,
): Promise<void> {
  const { one, idType } = getGraphqlNames(getCollection(stage.forecourt.payload, slug))
  const words = [`mark-${row.number}-end`, `${7_000_000 + row.number}.37`]
  const before = await stage.rows.findSaved(slug, words, [])
  const answer =
    way === 'duplicate'
      ? await caller.request('POST', `${slug}/${encodeURIComponent(row.id)}/duplicate`, {})
      : await caller.queryGraphql(`mutation($id: ${idType}!) { duplicate${one}(id: $id) { id } }`, {
          id: row.id,
        })
  const made = added(before, await stage.rows.findSaved(slug, words, []))
  const allowed = mayCopy(caller.actor, slug, row)
  const isOffered = getCollection(stage.forecourt.payload, slug).disableDuplicate !== true
  const seen = findLeaks(stage.rows, caller.actor, answer.text, [row.id])
  const copies = allowed
    ? []
    : made.map(() => `it was copied: ${answer.status} ${answer.text.slice(0, 160)}`)
  const about = `${caller.name}, ${slug} (${row.state}, of ${row.whose}), ${way}`
  tally.expectNothing(about, [...copies, ...seen])
  const isWhole = row.state === 'plain' && slug !== 'vehicles' // one with a VIN alone needs another
  if (allowed && isOffered && isWhole)
    tally.expectPossible(
      about,
      made.length !== 1 && `${answer.status} ${answer.text.slice(0, 200)}`,
    )
  for (const copy of made) await stage.rows.remove(slug, copy)
}

function added(
  before: Record<string, unknown>[],
  after: Record<string, unknown>[],
): Record<string, unknown>[] {
  const there = new Set(before.map((row) => JSON.stringify(row)))
  return after.filter((row) => !there.has(JSON.stringify(row)))
}

/** Puts the standing rows back that made room for a new one. */
export async function repair({ stage: { rows }, slug }: Scene): Promise<void> {
  if (!(slug in ALONE)) return
  for (const row of rows.of(slug)) if (!(await rows.loadStored(row))) await rows.renew(row)
}
