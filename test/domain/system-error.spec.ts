import { mkdirSync, readFileSync } from 'node:fs'
import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, it } from '@jest/globals'
import {
  describeFileError,
  describeNetworkError,
  describeSystemError,
  getSystemErrorCode,
} from '../../src/domain/system-error.ts'

const thrownBy = (work: () => unknown): unknown => {
  try {
    return work()
  } catch (error) {
    return error
  }
}

describe('an error of the system', () => {
  it('about a file is told with its path and its reason', () => {
    expect(describeSystemError(thrownBy(() => readFileSync('/nonexistent/a')))).toBe(
      '/nonexistent/a cannot be used: it does not exist (ENOENT). Fix that, or choose ' +
        'another location.',
    )
    expect(describeSystemError(thrownBy(() => mkdirSync('/dev/null/a')))).toContain(
      '/dev/null/a cannot be used: it is a file',
    )
    expect(describeFileError(thrownBy(() => readFileSync('/')))).toBe(
      'it is a folder, not a file (EISDIR)',
    )
  })

  it('about another server is told with its address', async () => {
    const [error] = (await once(connect(9, '127.0.0.1'), 'error', {
      signal: AbortSignal.timeout(5_000),
    }).catch((one: unknown) => [one])) as unknown[]
    expect(describeSystemError(error)).toBe(
      '127.0.0.1:9 cannot be reached: nothing is listening there (connection refused). Start ' +
        'that server, or correct its address.',
    )
  })

  it('that collects several, as for localhost by IPv6 and IPv4, is told by the first', () => {
    const both = new AggregateError(
      [Object.assign(new Error('x'), { code: 'ECONNREFUSED', syscall: 'connect' })],
      '',
    )
    expect(getSystemErrorCode(both)).toBe('ECONNREFUSED')
    expect(describeNetworkError(both)).toBe('nothing is listening there (connection refused)')
  })

  it('is any other only by its own words, without their full stop', () => {
    expect(describeSystemError(new Error('odd'))).toBeNull()
    expect(describeSystemError('odd')).toBeNull()
    expect(describeNetworkError(new Error('It was odd..'))).toBe('It was odd')
    expect(describeFileError(new Error(''))).toBe('the reason is unknown')
  })
})
