import { getFieldColumn, getCollectionTable } from '../../src/database/tables.ts'
import { type Role, saveUser, type TestForecourt, fetchToken } from './forecourt.ts'
import { listenOnLoopback } from './http-listen.ts'
import { type Row, Rows } from './proof-rows.ts'
import { getCollection, getGraphqlNames } from './proof-names.ts'
import type { InputCase } from './input-cases.ts'
import type { WriteMethod, InputField } from './input-fields.ts'

/**
 * What came of a written value: the answer, and what the database holds now and held before. `made`
 * is the id of a new row.
 */
export type Outcome = { status: number; text: string; stored: unknown; isUnchanged: boolean }

/** Writes values as those who may, and reads what is stored by SQL. */
export type InputStage = {
  write: (
    about: InputField,
    way: InputField['ways'][number],
    written: InputCase,
  ) => Promise<Outcome>
  close: () => Promise<void>
}

type Request = { path: string; method: string; body: string; token: string; written: InputCase }

export async function openInputStage(forecourt: TestForecourt): Promise<InputStage> {
  const server = await listenOnLoopback(forecourt.app, { keepAliveTimeout: 300_000 })
  const user = await saveUser(forecourt.payload, 'admin' satisfies Role)
  const owner = await forecourt.asOwner()
  const people = [
    { actor: 'owner' as const, email: owner.email, subject: owner.subject, profile: owner.profile },
    { actor: 'admin' as const, email: user.email, user: user.id },
  ]
  const tokens = { admin: await fetchToken(forecourt.app, user), owner: owner.token }
  const rows = new Rows(forecourt, people)
  const standing: UntouchedRows = new Map()
  const send = (request: Request) => sendRequest(server.port, request)
  const write: InputStage['write'] = (about, { way, writer }, written) => {
    const whose = writer === 'owner' || OF_OWNERS.has(about.slug) ? 'owner' : 'nobody'
    const stage = { forecourt, rows, standing, send, token: tokens[writer], whose } as const
    return way === 'POST'
      ? writeNewRow(stage, about, written)
      : writeChange(stage, about, way, written)
  }
  return { write, close: server.close }
}

/** A row of each table that nothing was written to yet. */
type UntouchedRows = Map<string, Row>

type StageContext = {
  forecourt: TestForecourt
  rows: Rows
  standing: UntouchedRows
  send: (request: Request) => Promise<{ status: number; text: string }>
  token: string
  whose: 'owner' | 'nobody'
}

/** Tables whose rows refer to an owner. */
const OF_OWNERS = new Set([
  'vehicles',
  'fuel-logs',
  'maintenance-logs',
  'maintenance-schedules',
  'ownership-costs',
  'documents',
  'user-preferences',
  'community-stations',
  'saved-stations',
])

async function writeChange(
  stage: StageContext,
  about: InputField,
  way: WriteMethod,
  written: InputCase,
): Promise<Outcome> {
  const { forecourt, rows, standing, send, token, whose } = stage
  const { slug, field } = about
  const row = standing.get(`${slug} ${whose}`) ?? (await rows.save(slug, whose))
  const data = { [field.name]: wrapValue(about, written.value) }
  const before = await readRow(forecourt, slug, row.id)
  const { one, idType } = getGraphqlNames(getCollection(forecourt.payload, slug))
  const query =
    `mutation($id: ${idType}!, $data: mutation${one}UpdateInput!) { update${one}(id: $id,
      ` + 'data: $data) { id } }'
  const answer =
    way === 'PATCH'
      ? await send({
          path: `${slug}/${encodeURIComponent(row.id)}`,
          method: 'PATCH',
          body: JSON.stringify(data),
          token,
          written,
        })
      : await send({
          path: 'graphql',
          method: 'POST',
          body: JSON.stringify({ query, variables: { id: row.id, data } }),
          token,
          written,
        })
  const after = await readRow(forecourt, slug, row.id)
  const stored = unwrapValue(about, after?.[columnName(forecourt, about)])
  const isUnchanged = JSON.stringify(before) === JSON.stringify(after)
  if (isUnchanged) standing.set(`${slug} ${whose}`, row)
  else standing.delete(`${slug} ${whose}`)
  return { ...answer, stored, isUnchanged }
}

async function writeNewRow(
  stage: StageContext,
  about: InputField,
  written: InputCase,
): Promise<Outcome> {
  const { forecourt, rows, standing, send, token, whose } = stage
  const { slug, field } = about
  standing.delete(`${slug} ${whose}`) // where there is one row at most, it makes room
  const { data, markers } = await rows.buildBody(slug, whose)
  const body = JSON.stringify({ ...data, [field.name]: wrapValue(about, written.value) })
  const answer = await send({ path: slug, method: 'POST', body, token, written })
  const { doc } = tryParseJson(answer.text) as { doc?: { id: string } }
  const made = doc && (await readRow(forecourt, slug, doc.id))
  const isUnchanged = (await rows.findSaved(slug, markers, [])).length === 0
  return {
    ...answer,
    stored: made && unwrapValue(about, made[columnName(forecourt, about)]),
    isUnchanged,
  }
}

/** A list has the value for its entry, and JSON has it within an object. */
const wrapValue = ({ kind }: InputField, value: unknown) =>
  kind === 'list' ? [value] : kind === 'json' ? { text: value } : value
const unwrapValue = ({ kind }: InputField, stored: unknown) =>
  kind === 'list'
    ? (stored as unknown[] | null)?.[0]
    : kind === 'json'
      ? (stored as { text?: unknown } | null)?.text
      : stored

const columnName = ({ payload }: TestForecourt, { slug, field }: InputField) =>
  getFieldColumn(payload, getCollectionTable(payload, slug).name, field.name)

/**
 * A row as PostgreSQL writes it in JSON: moments in UTC, days as they are, whatever the time zone
 * of this process.
 */
async function readRow(
  { payload, sql }: TestForecourt,
  slug: string,
  id: string | number,
): Promise<Record<string, unknown> | undefined> {
  const { name, key } = getCollectionTable(payload, slug)
  const { rows } = await sql(
    `select to_jsonb(t)::text as text from ${name} t where ${key}::text = $1`,
    [String(id)],
  )
  const [row] = rows as { text: string }[]
  return row && (JSON.parse(row.text) as Record<string, unknown>)
}

async function sendRequest(
  port: number,
  { path, method, body, token, written }: Request,
): Promise<{ status: number; text: string }> {
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': written.contentType ?? 'application/json',
  }
  const bytes = new Uint8Array(Buffer.from(body, written.latin1 ? 'latin1' : 'utf8'))
  const response = await fetch(`http://127.0.0.1:${port}/api/${path}`, {
    method,
    headers,
    body: bytes,
  })
  return { status: response.status, text: await response.text() }
}

function tryParseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}
