import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { findCronProblem } from '../../src/domain/cron.ts'

describe('a cron expression', () => {
  it.each([
    '* * * * *',
    '0 3 * * *',
    '*/15 * * * *',
    '0 8-18/2 * * mon-fri',
    '0 0 1,15 * *',
    '30 4 * JAN,jul Sun',
    '0 0 * * 7',
    '0 0 29 2 *',
    '0 0 31 6 mon',
    '59 23 31 12 6',
    '  0   3 * * * ',
  ])('may be "%s"', (expression) => {
    expect(findCronProblem(expression)).toBeNull()
  })

  it.each(['', '* * * *', '0 0 3 * * *', '@daily', 'every night'])(
    'has five parts, unlike "%s"',
    (expression) => {
      expect(findCronProblem(expression)).toBe(
        'must have five parts (minute, hour, day of month, month and day of week), not ' +
          `"${expression}". Every night at 3:00 is "0 3 * * *".`,
      )
    },
  )

  it.each([
    ['60 3 * * *', 'has "60" for the minute: use 0 to 59,'],
    ['0 24 * * *', 'has "24" for the hour: use 0 to 23,'],
    ['0 3 0 * *', 'has "0" for the day of the month: use 1 to 31,'],
    ['0 3 * 13 *', 'has "13" for the month: use 1 to 12 or jan to dec,'],
    ['0 3 * * 8', 'has "8" for the day of the week: use 0 to 7 or sun to sat,'],
    ['0 3 * foo *', 'has "foo" for the month:'],
    ['mon 3 * * *', 'has "mon" for the minute:'],
    ['5-1 * * * *', 'has "5-1" for the minute:'],
    ['1-2-3 * * * *', 'has "1-2-3" for the minute:'],
    ['1,,2 * * * *', 'has "1,,2" for the minute:'],
    ['*/0 * * * *', 'has "*/0" for the minute:'],
    ['*/60 * * * *', 'has "*/60" for the minute:'],
    ['5/10 * * * *', 'has "5/10" for the minute:'],
    ['*/2/2 * * * *', 'has "*/2/2" for the minute:'],
    ['-1 * * * *', 'has "-1" for the minute:'],
    ['1.5 * * * *', 'has "1.5" for the minute:'],
    ['0 0 L * *', 'has "L" for the day of the month:'],
    ['0 0 ? * *', 'has "?" for the day of the month:'],
  ])(
    '"%s" is refused with the part that is wrong and what may stand there',
    (expression, result) => {
      expect(findCronProblem(expression)).toContain(result)
      expect(findCronProblem(expression)).toContain('or *. Every night at 3:00 is "0 3 * * *".')
    },
  )

  it('is refused when its day never comes', () => {
    expect(findCronProblem('0 0 30 2 *')).toContain(
      'has a date that never occurs: month 2 never has a day 30.',
    )
    expect(findCronProblem('0 0 31 4,6,9,11 *')).toContain('month 4,6,9,11 never has a day 31.')
  })

  it('may have any numbers within its bounds, as numbers, lists, ranges or steps', () => {
    const part = (least: number, most: number) => {
      const number = fc.integer({ min: least, max: most })
      const range = fc
        .tuple(number, number)
        .map(([one, other]) => `${Math.min(one, other)}-${Math.max(one, other)}`)
      const step = fc
        .tuple(fc.oneof(fc.constant('*'), range), fc.integer({ min: 1, max: most }))
        .map((message) => message.join('/'))
      return fc
        .array(fc.oneof(number.map(String), range, step, fc.constant('*')), {
          minLength: 1,
          maxLength: 4,
        })
        .map(String)
    }
    const days = fc.oneof(part(1, 28), fc.constant('*'))
    fc.assert(
      fc.property(part(0, 59), part(0, 23), days, part(1, 12), part(0, 7), (...parts) => {
        expect(findCronProblem(parts.join(' '))).toBeNull()
      }),
    )
  })

  it('is any text to ask about: the answer is a sentence or nothing', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (text) => {
        expect(['string', 'object']).toContain(typeof findCronProblem(text))
      }),
    )
  })
})
