import { type Actor, HIDDEN, holds, may } from '../http/proof/policy.ts'
import type { Row, Rows } from './proof-rows.ts'
import type { Answer } from './proof-stage.ts'

/** Fields that say which other row is meant: its id there is no word of that row. */
const REFERENCES = new Set(
  `vehicle station engine transmission sourceSubmission createdBy updatedBy reviewedBy inventory competitor competitorInventory schedule
  user resourceId referenceId`.split(/\s+/),
)
const WORDS = /(mark|veil)-(\d+)-end|\b(7\d{6})\.37\b/g
const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/

/** What an answer tells an actor that the policy hides from them; empty when it tells nothing. `asked`: the ids that they named. */
export function leaksIn(rows: Rows, actor: Actor, text: string, asked: readonly (string | number)[] = []): string[] {
  const leaks = new Set<string>()
  const look = (value: unknown, key: string): void => {
    if (Array.isArray(value)) for (const entry of value) look(entry, key)
    else if (typeof value === 'object' && value !== null) for (const [name, said] of Object.entries(value)) look(said, name)
    else for (const leak of leaksOf(rows, actor, String(value), !REFERENCES.has(key))) leaks.add(leak)
  }
  look(parsed(without(text, asked)), '')
  return [...leaks]
}

function leaksOf(rows: Rows, actor: Actor, value: string, isId: boolean): string[] {
  const told: string[] = []
  for (const [word, kind, number, figure] of value.matchAll(WORDS)) {
    const row = rows.numbered(Number(number ?? Number(figure) - 7_000_000))
    if (row && !mayRead(actor, row, kind)) told.push(`${word} of ${nameOf(row)}`)
  }
  const named = isId && UUID.test(value) ? rows.withId(value) : undefined
  if (named && !may(actor, 'read', named.slug, named)) told.push(`the id of ${nameOf(named)}`)
  for (const person of rows.people) {
    const word = [person.subject, person.email].find((said) => said && value.includes(said))
    if (word && person.actor !== actor && !mayKnow(actor, person.user)) told.push(`${word}, who is the ${person.actor}`)
  }
  return told
}

/** Whether a word of a row may be told: a veil, and the figure of a car, are in a field that is hidden. */
function mayRead(actor: Actor, row: Row, kind: string | undefined): boolean {
  const field = kind === 'veil' ? (row.slug === 'sessions' ? 'sess' : 'removalReason') : kind === undefined ? 'cost' : ''
  const grants = HIDDEN[row.slug]?.[field]
  return may(actor, 'read', row.slug, row) && (grants === undefined || holds(grants, actor, row))
}

/** Staff are known to admins of the staff; owners to those and to admins of the garage. */
const mayKnow = (actor: Actor, user: string | undefined) => actor === 'admin' || (user === undefined && actor === 'garage admin')

const nameOf = ({ slug, whose, state }: Row) => `${slug} (${state}, of ${whose})`

/** A text without the ids that are in it because they were asked for. */
const without = (text: string, asked: readonly (string | number)[]) =>
  asked.reduce<string>(
    (left, id) => (typeof id === 'number' ? left : left.replaceAll(encodeURIComponent(id), 'ID').replaceAll(id, 'ID')),
    text,
  )

/** What tells a row that is hidden from one that is not there; nothing when both are answered with the same bytes. */
export function differs(hidden: Answer, id: string | number, missing: Answer, missingId: string | number): string[] {
  const [one, other] = [
    `${hidden.status} ${without(hidden.text, [id])}`,
    `${missing.status} ${without(missing.text, [missingId])}`,
  ]
  return one === other ? [] : [`a hidden row answers ${one.slice(0, 160)}, a missing one ${other.slice(0, 160)}`]
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
