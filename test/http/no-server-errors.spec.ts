import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import supertest from 'supertest'
import { saveCar, saveVehicle } from '../support/builders.ts'
import { openForecourt, saveUser, type TestForecourt, fetchToken } from '../support/forecourt.ts'
import { type AnyRequest, anyRequest, wellFormed } from '../support/http-fuzz.ts'
import { queryGraphql } from '../support/http-graphql.ts'

let forecourt: TestForecourt
let tokens: string[]
let ids: string[]
beforeAll(async () => {
  forecourt = await openForecourt()
  const owner = await forecourt.asOwner()
  ids = [
    (await saveCar(forecourt.payload)).id,
    (await saveVehicle(forecourt.payload, owner.subject)).id,
    owner.profile,
  ]
  tokens = [
    '',
    owner.token,
    (await forecourt.asOwner('garage admin')).token,
    await tokenOfRole('viewer'),
    await tokenOfRole('admin'),
  ]
  await queryGraphql(forecourt.anonymous, '{ Inventories { totalDocs } }')
})
afterAll(() => forecourt.close())

const tokenOfRole = async (role: 'viewer' | 'admin') =>
  fetchToken(forecourt.app, await saveUser(forecourt.payload, role))

/** What an answer says only when it tells of the inside. */
const TELLS_TOO_MUCH =
  /syntax error at|failed query|drizzle|node_modules|\bat (async )?\w+ \(|\bfile:\/\/|\/work\/|\.ts:\d|ERROR:/i

/** Sends a request as it is said; one that no client could send at all is none. */
async function answerTo(result: AnyRequest) {
  const path = result.tail.replace(/#(\d)/, (_all, i: string) => ids[Number(i)] ?? '')
  const query = new URLSearchParams(
    result.query.map(([name, value]): [string, string] => [name, wellFormed(value)]),
  ).toString()
  const request = supertest(forecourt.app)[result.method as 'get'](
    `/api/${result.slug}${path}${query && `?${query}`}`,
  )
  if (tokens[result.who]) request.set('Authorization', `Bearer ${tokens[result.who]}`)
  if (result.override) request.set('X-Payload-HTTP-Method-Override', 'GET')
  if (result.body) request.set('Content-Type', result.body.type).serialize(String)
  return result.body && result.method !== 'get' && result.method !== 'head'
    ? request.send(result.body.text)
    : request
}

describe('whatever is asked, by whomever', () => {
  it('is never an error of ours, and no answer tells of the inside', async () => {
    const found = new Set<string>()
    await fc.assert(
      fc.asyncProperty(anyRequest, async (message) => {
        const { status, text } = await answerTo(message)
        const body = String(text)
        if (status >= 500 || TELLS_TOO_MUCH.test(body))
          found.add(`${status} ${JSON.stringify(message).slice(0, 400)}: ${body.slice(0, 200)}`)
      }),
      { numRuns: 500, seed: 20_261_122, endOnFailure: true },
    )
    expect([...found]).toEqual([])
  }, 600_000)
})
