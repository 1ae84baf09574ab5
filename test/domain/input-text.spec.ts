import { describe, expect, it } from '@jest/globals'
import { parseText } from '../../src/domain/input-text.ts'

const problemOf = (read: object) => ('problem' in read ? read.problem : undefined)

describe('a text', () => {
  it('is composed and trimmed', () => {
    expect(parseText('  e\u0301clair ', 'line')).toEqual({ value: '\u00e9clair' })
    expect(parseText('one\r\ntwo\rthree', 'lines')).toEqual({ value: 'one\ntwo\nthree' })
    expect(parseText('Bolt\u00a0EV', 'line')).toEqual({ value: 'Bolt\u00a0EV' })
  })

  it.each([
    'Te\nsla',
    'Te\tsla',
    'Te\u2028sla',
    'Te\u0007sla',
    'Te\u0085sla',
    'Te\u007fsla',
    'Te\0sla',
    'Te\ud800sla',
  ])('refuses %j in one line', (written) =>
    expect(problemOf(parseText(written, 'line'))).toBeDefined(),
  )

  it.each([
    '\u200b',
    ' \u00ad ',
    '\u3164\u115f',
    '\ufeff\u2060',
    '\u200e',
    '\u{e0001}',
    '\u2800',
    '\ufe0f',
    '\u180e',
  ])('is empty where nothing of it is visible: %j', (written) => {
    for (const shape of ['line', 'lines'] as const)
      expect(parseText(written, shape)).toEqual({ value: '' })
  })

  it('keeps invisible characters between visible ones', () => {
    for (const written of [
      'a\u200db',
      '\u{1f468}\u200d\u{1f469}',
      '\u0645\u06cc\u200c\u062e',
      'a\u200eb',
    ])
      expect(parseText(written, 'line')).toEqual({ value: written })
  })

  it.each([
    '\u202a',
    '\u202b',
    '\u202c',
    '\u202d',
    '\u202e',
    '\u2066',
    '\u2067',
    '\u2068',
    '\u2069',
  ])('turns no direction in one line: %j', (turn) => {
    expect(problemOf(parseText(`Hon${turn}da`, 'line'))).toContain('changes the text direction')
    expect(parseText(`Hon${turn}da`, 'lines')).toHaveProperty('value')
  })

  it('refuses more combining marks in a row than a text needs, before they are put in order', () => {
    expect(parseText(`e${'\u0301'.repeat(30)}`, 'line')).toHaveProperty('value')
    expect(problemOf(parseText('\u0345\u0301\u0316'.repeat(100_000), 'lines'))).toContain(
      'combining marks',
    )
  })

  it.each(['Te\u0007sla', 'Te\u009fsla', 'Te\0sla', 'Te\udc00sla'])(
    'refuses %j in several lines',
    (written) => {
      expect(problemOf(parseText(written, 'lines'))).toBeDefined()
    },
  )
})
