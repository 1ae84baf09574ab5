import { expect } from '@jest/globals'
import type { Response } from 'supertest'
import type { Operation } from '../../src/api/openapi/operations.ts'
import type { Api } from './api.ts'

export const formatOperationName = ({ method, path }: Pick<Operation, 'method' | 'path'>) =>
  `${method.toUpperCase()} ${path}`

/** Where the plugin rooms answer; whatever is elsewhere is asked beside what is Forecourt's own. */
const ROOMS =
  /^\/api\/(competitors|competitor-inventory|market|vin-evaluation|inventory|exports|feed-deliveries)(\/|$)/

export const isRoomOperation = ({ path }: Pick<Operation, 'path'>) => ROOMS.test(path)

/** What came, held against what is stated for its status: all of it, and nothing else. */
export function expectDocumented(
  { method, path, statement }: Operation,
  { status, type, text }: Pick<Response, 'status' | 'type' | 'text'>,
): void {
  const about = formatOperationName({ method, path })
  const answer = statement.responses[status]
  expect([about, status, answer?.type === null ? null : type]).toEqual([
    about,
    status,
    answer && matchType(answer.type),
  ])
  if (answer?.type !== 'application/json') return
  const came: unknown = JSON.parse(text)
  const read = answer.schema?.safeParse(came)
  expect([about, status, read?.error?.issues ?? []]).toEqual([about, status, []])
  expect([about, status, read?.data]).toEqual([about, status, came])
}

/** A type as it is, or any that a range such as `image/*` has. */
const matchType = (type: string | null): unknown =>
  type?.endsWith('/*') ? expect.stringContaining(type.replaceAll('*', '')) : type

/** Asks operations, holds what comes against what they state, and knows which ones were asked. */
export type OperationChecks = {
  /**
   * An answer to the operation of this name, such as `GET /api/jobs`: of this status, and as it is
   * stated.
   */
  expectAnswer: (name: string, status: number, request: PromiseLike<Response>) => Promise<Response>
  /** The names of the operations that answered with success, or that refused; sorted. */
  succeeded: () => string[]
  refused: () => string[]
}

export function createOperationChecks(operations: () => readonly Operation[]): OperationChecks {
  const [succeeded, refused] = [new Set<string>(), new Set<string>()]
  const expectAnswer: OperationChecks['expectAnswer'] = async (name, status, pending) => {
    const answer = await pending
    const operation = operations().find((one) => formatOperationName(one) === name)
    if (!operation) throw new Error(`Nothing states ${name}.`)
    expect([name, answer.status]).toEqual([name, status])
    expectDocumented(operation, answer)
    const answers = status < 400 ? succeeded : refused
    answers.add(name)
    return answer
  }
  return {
    expectAnswer,
    succeeded: () => [...succeeded].sort(),
    refused: () => [...refused].sort(),
  }
}

/** Asks as somebody who is not signed in. */
export async function expectStrangersRefused(
  operations: readonly Operation[],
  anonymous: Api,
): Promise<void> {
  for (const operation of operations.filter(({ path }) => path.startsWith('/api'))) {
    const path = operation.path.replaceAll(/\{\w+\}/g, '00000000-0000-4000-8000-000000000000')
    expectDocumented(operation, await anonymous[operation.method as 'get'](path))
  }
}
