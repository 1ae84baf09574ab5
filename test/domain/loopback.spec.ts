import { describe, expect, it } from '@jest/globals'
import { isLoopback } from '../../src/domain/loopback.ts'

describe('whether a host is this machine itself', () => {
  it.each(['localhost', '127.0.0.1', '127.8.9.10', '::1', '[::1]'])('%s is', (host) => {
    expect(isLoopback(host)).toBe(true)
  })

  it.each([
    '0.0.0.0',
    '128.0.0.1',
    'localhost.example.com',
    '127.0.0.1.example.com',
    '1270.0.0.1',
    '::',
    '',
  ])('%s is not', (host) => {
    expect(isLoopback(host)).toBe(false)
  })
})
