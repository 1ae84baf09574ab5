import { expect } from '@jest/globals'
import type { Response } from 'supertest'
import type { Operation } from '../../src/openapi/operations.ts'
import type { Api } from './api.ts'

export const nameOf = ({ method, path }: Pick<Operation, 'method' | 'path'>) => `${method.toUpperCase()} ${path}`

/** Where the plugin rooms answer; whatever is elsewhere is asked beside what is Forecourt's own. */
const ROOMS = /^\/api\/(competitors|competitor-inventory|market|vin-evaluation|inventory)(\/|$)/

export const isOfARoom = ({ path }: Pick<Operation, 'path'>) => ROOMS.test(path)

/** What came, held against what is stated for its status: all of it, and nothing else. */
export function expectStated(
  { method, path, statement }: Operation,
  { status, type, text }: Pick<Response, 'status' | 'type' | 'text'>,
): void {
  const about = nameOf({ method, path })
  const answer = statement.answers[status]
  expect([about, status, answer?.type]).toEqual([about, status, answer?.type === null ? null : type])
  if (answer?.type !== 'application/json') return
  const came: unknown = JSON.parse(text)
  const read = answer.schema?.safeParse(came)
  expect([about, status, read?.error?.issues ?? []]).toEqual([about, status, []])
  expect([about, status, read?.data]).toEqual([about, status, came])
}

/** Asks operations, holds what comes against what they state, and knows which ones were asked. */
export type Asking = {
  /** An answer to the operation of this name, such as `GET /api/jobs`: of this status, and as it is stated. */
  answered: (name: string, status: number, asking: PromiseLike<Response>) => Promise<Response>
  /** The names of the operations that answered with success, or that refused; sorted. */
  succeeded: () => string[]
  refused: () => string[]
}

export function askingOf(operations: () => readonly Operation[]): Asking {
  const [succeeded, refused] = [new Set<string>(), new Set<string>()]
  const answered: Asking['answered'] = async (name, status, asking) => {
    const answer = await asking
    const operation = operations().find((one) => nameOf(one) === name)
    if (!operation) throw new Error(`Nothing states ${name}.`)
    expect([name, answer.status]).toEqual([name, status])
    expectStated(operation, answer)
    const answers = status < 400 ? succeeded : refused
    answers.add(name)
    return answer
  }
  return { answered, succeeded: () => [...succeeded].sort(), refused: () => [...refused].sort() }
}

/** Asks as somebody who is not signed in. */
export async function expectStrangersRefused(operations: readonly Operation[], anonymous: Api): Promise<void> {
  for (const operation of operations.filter(({ path }) => path.startsWith('/api'))) {
    const path = operation.path.replaceAll(/\{\w+\}/g, '00000000-0000-4000-8000-000000000000')
    expectStated(operation, await anonymous[operation.method as 'get'](path))
  }
}
