import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { ValidationError } from 'payload'
import pg from 'pg'
import { CommitFailed } from '../src/database/commit.ts'
import { describeFailure } from '../src/failure.ts'
import { UserError, WrongSetting } from '../src/user-error.ts'
import { withClient, getTestServer } from './support/databases.ts'

const describeIt = (error: unknown) => describeFailure(error, 'npm run import')
const thrownBy = async (work: () => unknown): Promise<unknown> => {
  try {
    return await work()
  } catch (error) {
    return error
  }
}

describe('a failure is described', () => {
  it('by its own sentence where it has one, also as the cause of another', () => {
    expect(describeIt(new UserError('Name a folder.'))).toBe('Name a folder.')
    expect(describeIt(new WrongSetting('PORT is wrong.'))).toBe('PORT is wrong.')
    expect(describeIt(new Error('outer', { cause: new UserError('the folder is gone.') }))).toBe(
      'The folder is gone.',
    )
    expect(describeIt(new CommitFailed('unknown', null))).toMatch(
      /^It is unknown whether this change was saved\./,
    )
  })

  it('by the fields that Payload refuses', () => {
    const errors = [
      { message: 'A user with the given email is already registered.', path: 'email' },
    ]
    expect(describeIt(new ValidationError({ collection: 'users', errors }))).toBe(
      'The change was rejected: Email: A user with the given email is already registered. ' +
        'Correct it, then try again.',
    )
  })

  it('by the label of a field that Payload refuses, once, and with the colons of the message', () => {
    const errors = [
      {
        message: 'Email must be an e-mail address such as ann@example.com, not "a: b"',
        label: 'Email',
        path: 'email',
      },
      { message: 'is required', path: 'hours.startsAt' },
    ]
    expect(describeIt(new ValidationError({ collection: 'users', errors }))).toBe(
      'The change was rejected: Email must be an e-mail address such as ann@example.com, not ' +
        '"a: b"; Starts at is required. Correct it, then try again.',
    )
  })

  it('by what the system says of a file', async () => {
    expect(describeIt(await thrownBy(() => readFileSync('/nonexistent')))).toMatch(
      /^\/nonexistent cannot be used: it does not exist/,
    )
  })

  it('by what PostgreSQL says, without the values of a statement, and with a way out', async () => {
    const failed = await thrownBy(() =>
      withClient(getTestServer().url, (client) => client.query('select hunter2 from nowhere')),
    )
    expect(failed).toBeInstanceOf(pg.DatabaseError)
    const wrapped = new Error("Failed query: select $1\nparams: 'hunter2'", { cause: failed })
    expect(describeIt(wrapped)).toBe(
      'The database rejected the operation: relation "nowhere" does not exist (42P01). Its ' +
        'tables do not match this version: run npm run migrate, or correct DATABASE_URL.',
    )
  })

  it('as unexpected where it is, in one line, with a way to see more', () => {
    const malformed = new TypeError("can't read x of undefined.\n    at somewhere")
    expect(describeIt(malformed)).toBe(
      "npm run import ended with an unexpected error: TypeError: can't read x of undefined. " +
        'To see where it happened, run: LOG_LEVEL=debug npm run import.',
    )
    expect(describeIt('a text')).toMatch(/unexpected error: a text\. .* LOG_LEVEL=debug/)
    const circle = new Error('circle')
    circle.cause = circle
    expect(describeIt(circle)).toMatch(/unexpected error: Error: circle\./)
  })
})
