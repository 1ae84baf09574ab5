import type { FlattenedField, FlattenedJoinField, SanitizedCollectionConfig } from 'payload'
import { getFieldColumn, getCollectionTable } from '../../../src/database/tables.ts'
import type { Row } from '../../support/proof-rows.ts'
import type { ProofCaller, Stage } from '../../support/proof-stage.ts'
import { findOtherOption, buildOtherValue } from '../../support/proof-values.ts'
import { getCollection } from '../../support/proof-names.ts'
import { type Actor, HIDDEN, holds, may, type RowFacts } from './policy.ts'

/**
 * A path from a row that somebody may read to a value that they may not, that value as a filter
 * says it, null where there is none, and another value that the column may hold.
 */
export type Secret = { path: string; value: string | number | boolean | null; other: unknown }

/**
 * A row on the way. `secret`: nothing of it may be told. `closed`: not even which row it is,
 * because the reference to it is hidden.
 */
type Step = Pick<Row, 'slug'> & {
  stored: Record<string, unknown>
  facts: RowFacts | undefined
  path: string
  secret: boolean
  closed: boolean
}

/** How many columns a path may name before the product refuses it for its length alone. */
const MAX_STEPS = 3

/** How many columns are tried beyond a reference that is hidden itself. */
const ENOUGH_BEYOND = 4

/**
 * Every value that somebody must not learn by way of this row: of fields that are hidden, and of
 * rows that it leads to.
 */
export async function secretsOf(stage: Stage, { actor }: ProofCaller, row: Row): Promise<Secret[]> {
  const stored = await stage.rows.loadStored(row)
  if (!stored) return []
  const first: Step = { slug: row.slug, stored, facts: row, path: '', secret: false, closed: false }
  return (await beyond(stage, actor, first, MAX_STEPS)).filter(({ value }) => value !== row.id)
}

/** The secrets among the fields of one row, and among those of the rows that it leads to. */
async function beyond(stage: Stage, actor: Actor, step: Step, left: number): Promise<Secret[]> {
  const found: Secret[] = []
  const fields = fieldsOf(getCollection(stage.forecourt.payload, step.slug))
  for (const field of step.closed ? fields.slice(0, ENOUGH_BEYOND) : fields) {
    const hidden = step.secret || isHidden(actor, step, field)
    const path = step.path ? `${step.path}.${field.name}` : field.name
    const value =
      'type' in field && field.type === 'join'
        ? null
        : step.stored[columnOf(stage, step.slug, field.name)]
    const other =
      'type' in field && field.type === 'select'
        ? findOtherOption(field, value)
        : buildOtherValue(plain(value))
    if (hidden) found.push({ path, value: plain(value), other })
    const next =
      left > 1 && 'type' in field
        ? await follow(stage, actor, { ...step, path, secret: hidden }, field)
        : undefined
    if (next) found.push(...(await beyond(stage, actor, next, left - 1)))
  }
  return found
}

/**
 * The row that a reference or a join leads to; it is a secret as a whole when it may not be read.
 */
async function follow(
  stage: Stage,
  actor: Actor,
  from: Step,
  field: FlattenedField,
): Promise<Step | undefined> {
  const target = targetOf(stage, from, field)
  if (!target || target.id === null || target.id === undefined) return undefined
  const id = field.type === 'join' ? await idOfJoined(stage, field, target) : target.id
  const stored = await stage.rows.loadStored({ slug: target.slug, id: id as string })
  if (!stored) return undefined
  const facts = stage.rows.findById(String(id))
  const secret = from.secret || !facts || !may(actor, 'read', target.slug, facts)
  return { ...from, slug: target.slug, stored, facts, secret, closed: from.secret }
}

function targetOf(
  stage: Stage,
  from: Step,
  field: FlattenedField,
): { slug: string; id: unknown } | undefined {
  if (field.type === 'join') return { slug: String(field.collection), id: from.stored['id'] }
  if (field.type !== 'relationship' || typeof field.relationTo !== 'string') return undefined
  return { slug: field.relationTo, id: from.stored[columnOf(stage, from.slug, field.name)] }
}

async function idOfJoined(
  stage: Stage,
  field: FlattenedJoinField,
  { slug, id }: { slug: string; id: unknown },
): Promise<unknown> {
  const table = getCollectionTable(stage.forecourt.payload, slug)
  const column = columnOf(stage, slug, field.on)
  return (
    await stage.rows.query(
      `select ${table.key} as id from ${table.name} where ${column} = $1 limit 1`,
      [id],
    )
  )[0]?.['id']
}

/**
 * Whether a field of a row is hidden from somebody who may read the row. Nobody reads a password's
 * traces or what a session holds.
 */
function isHidden(actor: Actor, { slug, facts }: Step, { name }: { name: string }): boolean {
  const grants = HIDDEN[slug]?.[name]
  return grants !== undefined && !(facts && holds(grants, actor, facts))
}

/**
 * What the collection has, and what the policy hides in it whether or not the collection has it.
 */
function fieldsOf({
  slug,
  flattenedFields,
}: SanitizedCollectionConfig): (FlattenedField | { name: string })[] {
  const stored = flattenedFields.filter(
    (field) => !('virtual' in field && field.virtual) && field.type !== 'group',
  )
  const more = Object.keys(HIDDEN[slug] ?? {}).filter(
    (name) => !stored.some((field) => field.name === name),
  )
  return [...stored, ...more.map((name) => ({ name }))]
}

function plain(value: unknown): Secret['value'] {
  if (value === null || value === undefined) return null
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'object') return JSON.stringify(value).slice(0, 100)
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string'
    ? value
    : null
}

export function columnOf({ forecourt: { payload } }: Stage, slug: string, field: string): string {
  return getFieldColumn(payload, getCollectionTable(payload, slug).name, field)
}
