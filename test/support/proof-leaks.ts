import { type Actor, HIDDEN, holds, may } from '../http/proof/policy.ts'
import type { Person, Row, Rows } from './proof-rows.ts'
import type { Answer } from './proof-stage.ts'

/** Fields that say which other row is meant: its id there is no word of that row. */
const REFERENCES = new Set(
  `vehicle station engine transmission sourceSubmission createdBy updatedBy reviewedBy inventory competitor competitorInventory schedule
  user resourceId referenceId`.split(/\s+/),
)
const MARKERS = /(mark|veil)-(\d+)-end|\b(7\d{6})\.37\b/g
const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/

/**
 * What an answer tells an actor that the policy hides from them; empty when it tells nothing.
 * `asked`: the ids that they named.
 */
export function findLeaks(
  rows: Rows,
  actor: Actor,
  text: string,
  requestedIds: readonly (string | number)[] = [],
): string[] {
  const leaks = new Set<string>()
  const inspectValue = (value: unknown, key: string): void => {
    if (Array.isArray(value)) for (const entry of value) inspectValue(entry, key)
    else if (typeof value === 'object' && value !== null)
      for (const [name, entry] of Object.entries(value)) inspectValue(entry, name)
    else
      for (const leak of findTextLeaks(rows, actor, String(value), !REFERENCES.has(key)))
        leaks.add(leak)
  }
  inspectValue(tryParseJson(removeIds(text, requestedIds)), '')
  return [...leaks]
}

function findTextLeaks(rows: Rows, actor: Actor, value: string, isId: boolean): string[] {
  const leaks: string[] = []
  for (const [word, kind, number, figure] of value.matchAll(MARKERS)) {
    const row = rows.findByNumber(Number(number ?? Number(figure) - 7_000_000))
    if (row && !mayRead(actor, row, kind)) leaks.push(`${word} of ${describeRow(row)}`)
  }
  const named = isId && UUID.test(value) ? rows.findById(value) : undefined
  if (named && !may(actor, 'read', named.slug, named)) leaks.push(`the id of ${describeRow(named)}`)
  for (const person of rows.people) {
    const word = [person.subject, person.email].find((result) => result && value.includes(result))
    if (word && person.actor !== actor && !mayKnow(actor, person))
      leaks.push(`${word}, who is the ${person.actor}`)
  }
  return leaks
}

/**
 * Whether a word of a row may be told: a veil, and the figure of a car, are in a field that is
 * hidden.
 */
function mayRead(actor: Actor, row: Row, kind: string | undefined): boolean {
  const field =
    kind === 'veil'
      ? row.slug === 'sessions'
        ? 'sess'
        : 'removalReason'
      : kind === undefined
        ? 'cost'
        : ''
  const grants = HIDDEN[row.slug]?.[field]
  return may(actor, 'read', row.slug, row) && (grants === undefined || holds(grants, actor, row))
}

/** Staff are known to admins of the staff; owners to those and to admins of the garage. */
const mayKnow = (actor: Actor, { user, actor: person }: Person) =>
  actor === 'admin' ||
  (user === undefined && actor === 'garage admin') ||
  (SHARERS.includes(actor) && SHARERS.includes(person))

/** Those who share a vehicle know each other by their rows. */
const SHARERS: readonly Actor[] = ['owner', 'guest viewer', 'guest editor']

const describeRow = ({ slug, whose, state }: Row) => `${slug} (${state}, of ${whose})`

/** A text without the ids that are in it because they were asked for. */
const removeIds = (text: string, requestedIds: readonly (string | number)[]) =>
  requestedIds.reduce<string>(
    (left, id) =>
      typeof id === 'number'
        ? left
        : left.replaceAll(encodeURIComponent(id), 'ID').replaceAll(id, 'ID'),
    text,
  )

/**
 * What tells a row that is hidden from one that is not there; nothing when both are answered with
 * the same bytes.
 */
export function compareAnswers(
  hidden: Answer,
  id: string | number,
  missing: Answer,
  missingId: string | number,
): string[] {
  const [one, other] = [
    `${hidden.status} ${removeIds(hidden.text, [id])}`,
    `${missing.status} ${removeIds(missing.text, [missingId])}`,
  ]
  return one === other
    ? []
    : [`a hidden row answers ${one.slice(0, 160)}, a missing one ${other.slice(0, 160)}`]
}

function tryParseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
