import type { Scene } from '../../support/proof-everybody.ts'
import { findLeaks } from '../../support/proof-leaks.ts'
import type { Answer } from '../../support/proof-stage.ts'
import { isMoment, buildOtherValue } from '../../support/proof-values.ts'
import { getCollection } from '../../support/proof-names.ts'
import { may } from './policy.ts'
import { filters, graphqlFilters, type Pair, pairsFor } from './questions.ts'
import { columnOf, type Secret, secretsOf } from './secrets.ts'

/**
 * Everything that somebody could try to learn by questions. Whoever is deactivated is nobody, as
 * the access table proves.
 */
export async function guessEverything(scene: Scene): Promise<void> {
  if (scene.caller.byCookie || scene.caller.actor.startsWith('deactivated')) return
  await guessEverySecret(scene)
  await guessHiddenRows(scene)
}

/**
 * Tries to guess, through a row that may be read, every value that may not: by filters, orders,
 * counts, joins and in bulk.
 */
async function guessEverySecret(scene: Scene): Promise<void> {
  const { stage, caller, slug } = scene
  const row = stage.rows
    .of(slug)
    .find((one) => one.state === 'plain' && may(caller.actor, 'read', slug, one))
  if (!row) return
  for (const secret of await secretsOf(stage, caller, row)) {
    for (const pair of pairsFor(scene, row, secret))
      await compare(scene, `${slug} by ${secret.path}`, pair, secret)
    await select(scene, secret)
  }
}

/** Tries to find rows that may not be read by what stands in them. */
async function guessHiddenRows(scene: Scene): Promise<void> {
  const { stage, caller, slug } = scene
  const rows = stage.rows.of(slug)
  const hidden =
    rows.find((row) => row.whose === 'owner' && !may(caller.actor, 'read', slug, row)) ??
    rows.find((row) => !may(caller.actor, 'read', slug, row))
  const stored = hidden && (await stage.rows.loadStored(hidden))
  if (!stored) return
  const readable = rows.filter((row) => may(caller.actor, 'read', slug, row))
  const known = JSON.stringify(await Promise.all(readable.map((row) => stage.rows.loadStored(row))))
  for (const secret of wordsOf(scene, stored).filter(
    ({ value }) => !known.includes(String(value)),
  )) {
    const pairs = [
      ...filters(scene, secret, [['equals', secret.value, secret.other]]),
      ...graphqlFilters(scene, secret, ['equals']),
    ]
    for (const pair of pairs)
      await compare(scene, `${slug} by ${secret.path} of a hidden row`, pair, secret)
  }
}

/** The values of a row that are in no other. */
function wordsOf({ stage, slug }: Scene, stored: Record<string, unknown>): Secret[] {
  const { flattenedFields } = getCollection(stage.forecourt.payload, slug)
  const texts = flattenedFields.filter(({ type }) =>
    ['text', 'textarea', 'email', 'relationship'].includes(type),
  )
  return texts.flatMap(({ name }) => {
    const value = stored[columnOf(stage, slug, name)]
    return typeof value === 'string' && WORD.test(value)
      ? [{ path: name, value, other: buildOtherValue(value) }]
      : []
  })
}

/** Marks, subjects, ids and VINs. */
const WORD = /mark-|auth0\||^[0-9a-f-]{36}$|^1HG/

async function compare(
  { stage, tally, caller }: Scene,
  what: string,
  { name, holds, fails }: Pair,
  { value }: Secret,
): Promise<void> {
  const [yes, no] = [await holds(), await fails()]
  const refused = [yes, no].every(({ text }) => text.includes('"errors"'))
  const differs =
    yes.status === no.status && (refused || yes.text === no.text)
      ? []
      : [`${shown(yes)} when it holds, ${shown(no)} when it does not`]
  const broken = [yes, no].filter(({ status }) => status >= 500).map(shown)
  tally.expectNothing(`${caller.name} guesses ${what}: ${name}`, [
    ...differs,
    ...broken,
    ...findLeaks(stage.rows, caller.actor, yes.text, [String(value)]),
  ])
}

async function select(
  { stage, tally, caller, slug }: Scene,
  { path, value }: Secret,
): Promise<void> {
  const result = path
    .split('.')
    .map((name) => `[${name}]`)
    .join('')
  for (const query of [
    `select${result}=true&depth=2`,
    `select[id]=true&select${result}=true&populate[users][email]=true&populate[users][hash]=true&depth=2`,
  ]) {
    const { status, text } = await caller.request('GET', `${slug}?${query}`)
    const reported =
      typeof value === 'string' && value.length > 12 && !isMoment(value) && text.includes(value)
        ? [`it tells ${value}`]
        : []
    tally.expectNothing(`${caller.name} selects ${slug} ${path}`, [
      ...reported,
      ...(status >= 500 ? [String(status)] : []),
      ...findLeaks(stage.rows, caller.actor, text),
    ])
  }
}

const shown = ({ status, text }: Answer) => `${status} ${text.slice(0, 120)}`
