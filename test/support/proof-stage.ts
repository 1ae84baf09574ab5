import { Agent, request, type RequestOptions } from 'node:http'
import type { Actor } from '../http/proof/policy.ts'
import type { TestForecourt } from './forecourt.ts'
import { listenOnLoopback } from './http-listen.ts'
import { openCast } from './proof-cast.ts'
import { type Person, Rows } from './proof-rows.ts'

/** What came back; the body as text, to be compared byte by byte. */
export type Answer = { status: number; text: string }

/** A caller, by token or, for staff, by the cookie of the panel. */
export type ProofCaller = {
  name: string
  actor: Actor
  byCookie: boolean
  request: (method: string, path: string, body?: object) => Promise<Answer>
  queryGraphql: (query: string, variables?: object) => Promise<Answer>
  /** Asks with a token whose signature is another by one letter. */
  requestForged: ProofCaller['request']
}

/** A Forecourt with everybody of the proof signed in, and their rows. Close it in afterAll. */
export type Stage = {
  forecourt: TestForecourt
  rows: Rows
  callers: ProofCaller[]
  /** The guests of the owner, who are asked about the garage alone. */
  guests: ProofCaller[]
  slugs: string[]
  close: () => Promise<void>
}

/** Opens the stage; `slugs` are all collections of payload.config but Payload's own. */
export async function openStage(): Promise<Stage> {
  const { forecourt, people, headers, guests: invited, close: closeCast } = await openCast()
  /*
   * Whoever asks keeps their connections; none is closed under a question because the machine was
   * busy for a while.
   */
  const server = await listenOnLoopback(forecourt.app, { keepAliveTimeout: 300_000 })
  const agent = new Agent({ keepAlive: true })
  const rows = new Rows(forecourt, people)
  const slugs = forecourt.payload.config.collections
    .map(({ slug }) => slug as string)
    .filter((slug) => !slug.startsWith('payload-'))
  await forecourt.sql('update user_profiles set email_verified = true')
  await rows.saveStanding(slugs)
  await forecourt.sql(`update users set is_active = false where email = $1`, [
    findEmail(people, 'deactivated staff'),
  ])
  await forecourt.sql(`update user_profiles set deactivated_at = now() where email = $1`, [
    findEmail(people, 'deactivated owner'),
  ])
  const [callers, guests] = [headers, invited].map((credentials) =>
    credentials.map(([name, actor, given]) => createCaller(server.port, agent, name, actor, given)),
  ) as [ProofCaller[], ProofCaller[]]
  const close = async () => {
    agent.destroy()
    await server.close()
    await closeCast()
  }
  return { forecourt, rows, callers, guests, slugs, close }
}

const findEmail = (people: Person[], actor: Actor) =>
  people.find((person) => person.actor === actor)?.email

/** What GraphQL says of a question that is wrong in itself: its refusal would prove nothing. */
const INVALID_QUERY =
  /Syntax Error|Cannot query field|Unknown (type|argument|directive)|is not defined by type|got invalid value/

type CredentialHeaders = Record<string, string>

function createCaller(
  port: number,
  agent: Agent,
  name: string,
  actor: Actor,
  credentials: CredentialHeaders,
): ProofCaller {
  const request = createRequester(port, agent, credentials)
  const queryGraphql: ProofCaller['queryGraphql'] = async (query, variables = {}) => {
    const answer = await request('POST', 'graphql', { query, variables })
    if (INVALID_QUERY.test(answer.text))
      throw new Error(`${query} ${JSON.stringify(variables)} is no question: ${answer.text}`)
    return answer
  }
  return {
    name,
    actor,
    byCookie: 'cookie' in credentials,
    request,
    queryGraphql,
    requestForged: createRequester(port, agent, forgeCredentials(credentials)),
  }
}

function createRequester(
  port: number,
  agent: Agent,
  credentials: CredentialHeaders,
): ProofCaller['request'] {
  return async (method, path, body) => {
    if (body instanceof FormData)
      return readAnswer(
        await fetch(`http://127.0.0.1:${port}/api/${path}`, { method, headers: credentials, body }),
      )
    const headers = { ...credentials, ...(body && { 'content-type': 'application/json' }) }
    return sendRequest(
      { port, agent, method, path: `/api/${path}`, headers },
      body && JSON.stringify(body),
    )
  }
}

/** The same, with the first letter of the token's signature another one. */
function forgeCredentials({ authorization = '' }: CredentialHeaders): CredentialHeaders {
  const at = authorization.lastIndexOf('.') + 1
  return {
    authorization: `${authorization.slice(0, at)}${authorization[at] === 'A' ? 'B' : 'A'}${authorization.slice(at + 1)}`,
  }
}

const readAnswer = async (response: Response): Promise<Answer> => ({
  status: response.status,
  text: await response.text(),
})

/** One question over HTTP: with a thousand of them, `fetch` would take a third of the time. */
function sendRequest(options: RequestOptions, body: string | undefined): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const question = request({ host: '127.0.0.1', ...options }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() }),
      )
    })
    question.on('error', reject)
    question.end(body)
  })
}
