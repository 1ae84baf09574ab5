import { Agent, request, type RequestOptions } from 'node:http'
import type { Actor } from '../http/proof/policy.ts'
import { openForecourt, saveUser, type TestForecourt, tokenOf } from './forecourt.ts'
import { listen } from './http-listen.ts'
import { type Person, Rows } from './proof-rows.ts'
import { ORIGIN } from './settings.ts'

/** What came back; the body as text, to be compared byte by byte. */
export type Answer = { status: number; text: string }

/** Somebody who asks, by token or, for staff, by the cookie of the panel. */
export type Asker = {
  name: string
  actor: Actor
  byCookie: boolean
  ask: (method: string, path: string, body?: object) => Promise<Answer>
  askGraphql: (query: string, variables?: object) => Promise<Answer>
}

/** A Forecourt with everybody of the proof signed in, and their rows. Close it in afterAll. */
export type Stage = { forecourt: TestForecourt; rows: Rows; askers: Asker[]; slugs: string[]; close: () => Promise<void> }

type Cast = { people: Person[]; headers: [name: string, actor: Actor, headers: Record<string, string>][] }

/** Opens the stage; `slugs` are all collections of payload.config but Payload's own. */
export async function openStage(): Promise<Stage> {
  const forecourt = await openForecourt({ DB_POOL_MAX: '16' })
  const server = await listen(forecourt.app)
  const agent = new Agent({ keepAlive: true })
  const { people, headers } = await signEverybodyIn(forecourt)
  const rows = new Rows(forecourt, people)
  const slugs = forecourt.payload.config.collections
    .map(({ slug }) => slug as string)
    .filter((slug) => !slug.startsWith('payload-'))
  await rows.saveStanding(slugs)
  await forecourt.sql(`update users set is_active = false where email = $1`, [emailOf(people, 'deactivated staff')])
  await forecourt.sql(`update user_profiles set deactivated_at = now() where email = $1`, [emailOf(people, 'deactivated owner')])
  const askers = headers.map(([name, actor, said]) => askerOf(server.port, agent, name, actor, said))
  const close = async () => {
    agent.destroy()
    await server.close()
    await forecourt.close()
  }
  return { forecourt, rows, askers, slugs, close }
}

const emailOf = (people: Person[], actor: Actor) => people.find((person) => person.actor === actor)?.email

async function signEverybodyIn(forecourt: TestForecourt): Promise<Cast> {
  const cast: Cast = { people: [], headers: [['anonymous', 'anonymous', {}]] }
  for (const actor of ['owner', 'stranger', 'garage admin', 'deactivated owner'] as const) {
    const { email, subject, profile, token } = await forecourt.asOwner(actor === 'garage admin' ? 'garage admin' : 'owner')
    cast.people.push({ actor, email, subject, profile })
    cast.headers.push([actor, actor, { authorization: `Bearer ${token}` }])
  }
  for (const actor of ['viewer', 'manager', 'admin', 'deactivated staff'] as const) {
    const user = await saveUser(forecourt.payload, actor === 'deactivated staff' ? 'admin' : actor)
    const token = await tokenOf(forecourt.app, user)
    cast.people.push({ actor, email: user.email, user: user.id })
    cast.headers.push([actor, actor, { authorization: `Bearer ${token}` }])
    if (actor === 'manager' || actor === 'admin')
      cast.headers.push([`${actor} by cookie`, actor, { cookie: `forecourt-token=${token}`, origin: ORIGIN }])
  }
  return cast
}

/** What GraphQL says of a question that is wrong in itself: its refusal would prove nothing. */
const NO_QUESTION = /Syntax Error|Cannot query field|Unknown (type|argument|directive)|is not defined by type|got invalid value/

function askerOf(port: number, agent: Agent, name: string, actor: Actor, said: Record<string, string>): Asker {
  const ask: Asker['ask'] = async (method, path, body) => {
    if (body instanceof FormData)
      return answerOf(await fetch(`http://127.0.0.1:${port}/api/${path}`, { method, headers: said, body }))
    const headers = { ...said, ...(body && { 'content-type': 'application/json' }) }
    return asked({ port, agent, method, path: `/api/${path}`, headers }, body && JSON.stringify(body))
  }
  const askGraphql: Asker['askGraphql'] = async (query, variables = {}) => {
    const answer = await ask('POST', 'graphql', { query, variables })
    if (NO_QUESTION.test(answer.text)) throw new Error(`${query} ${JSON.stringify(variables)} is no question: ${answer.text}`)
    return answer
  }
  return { name, actor, byCookie: 'cookie' in said, ask, askGraphql }
}

const answerOf = async (response: Response): Promise<Answer> => ({ status: response.status, text: await response.text() })

/** One question over HTTP: with a thousand of them, `fetch` would take a third of the time. */
function asked(options: RequestOptions, body: string | undefined): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const question = request({ host: '127.0.0.1', ...options }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() }))
    })
    question.on('error', reject)
    question.end(body)
  })
}
