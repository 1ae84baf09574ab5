import { Agent, request, type RequestOptions } from 'node:http'
import type { Actor } from '../http/proof/policy.ts'
import type { TestForecourt } from './forecourt.ts'
import { listen } from './http-listen.ts'
import { openCast } from './proof-cast.ts'
import { type Person, Rows } from './proof-rows.ts'

/** What came back; the body as text, to be compared byte by byte. */
export type Answer = { status: number; text: string }

/** Somebody who asks, by token or, for staff, by the cookie of the panel. */
export type Asker = {
  name: string
  actor: Actor
  byCookie: boolean
  ask: (method: string, path: string, body?: object) => Promise<Answer>
  askGraphql: (query: string, variables?: object) => Promise<Answer>
  /** Asks with a token whose signature is another by one letter. */
  forged: Asker['ask']
}

/** A Forecourt with everybody of the proof signed in, and their rows. Close it in afterAll. */
export type Stage = { forecourt: TestForecourt; rows: Rows; askers: Asker[]; slugs: string[]; close: () => Promise<void> }

/** Opens the stage; `slugs` are all collections of payload.config but Payload's own. */
export async function openStage(): Promise<Stage> {
  const { forecourt, people, headers, close: closeCast } = await openCast()
  /* Whoever asks keeps their connections; none is closed under a question because the machine was busy for a while. */
  const server = await listen(forecourt.app, { keepAliveTimeout: 300_000 })
  const agent = new Agent({ keepAlive: true })
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
    await closeCast()
  }
  return { forecourt, rows, askers, slugs, close }
}

const emailOf = (people: Person[], actor: Actor) => people.find((person) => person.actor === actor)?.email

/** What GraphQL says of a question that is wrong in itself: its refusal would prove nothing. */
const NO_QUESTION = /Syntax Error|Cannot query field|Unknown (type|argument|directive)|is not defined by type|got invalid value/

type Said = Record<string, string>

function askerOf(port: number, agent: Agent, name: string, actor: Actor, said: Said): Asker {
  const ask = asking(port, agent, said)
  const askGraphql: Asker['askGraphql'] = async (query, variables = {}) => {
    const answer = await ask('POST', 'graphql', { query, variables })
    if (NO_QUESTION.test(answer.text)) throw new Error(`${query} ${JSON.stringify(variables)} is no question: ${answer.text}`)
    return answer
  }
  return { name, actor, byCookie: 'cookie' in said, ask, askGraphql, forged: asking(port, agent, forgedFrom(said)) }
}

function asking(port: number, agent: Agent, said: Said): Asker['ask'] {
  return async (method, path, body) => {
    if (body instanceof FormData)
      return answerOf(await fetch(`http://127.0.0.1:${port}/api/${path}`, { method, headers: said, body }))
    const headers = { ...said, ...(body && { 'content-type': 'application/json' }) }
    return asked({ port, agent, method, path: `/api/${path}`, headers }, body && JSON.stringify(body))
  }
}

/** The same, with the first letter of the token's signature another one. */
function forgedFrom({ authorization = '' }: Said): Said {
  const at = authorization.lastIndexOf('.') + 1
  return { authorization: `${authorization.slice(0, at)}${authorization[at] === 'A' ? 'B' : 'A'}${authorization.slice(at + 1)}` }
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
