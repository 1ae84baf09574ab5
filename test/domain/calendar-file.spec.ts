import { describe, expect, it } from '@jest/globals'
import { writeCalendarFile } from '../../src/garage/calendar-file.ts'

const TITLE = `Tires; brakes, \\ (\u{1F699} ${'日本語🚗'.repeat(30)})`
const event = { uid: 'one@forecourt', day: '2026-12-31', title: TITLE, description: 'a\nb; c, d' }

describe('a calendar file', () => {
  const file = writeCalendarFile([event])

  it('has lines of at most 75 octets that end with CRLF', () => {
    expect(file).toMatch(/\r\n$/)
    expect(file).not.toMatch(/[^\r]\n|\r[^\n]/)
    const lengths = file.split('\r\n').map((line) => Buffer.byteLength(line))
    expect(Math.max(...lengths)).toBeLessThanOrEqual(75)
    expect(Buffer.from(file).toString()).toBe(file)
  })

  it('contains the whole text when its lines are unfolded', () => {
    const unfolded = file.replaceAll('\r\n ', '')
    const title = TITLE.replaceAll('\\', '\\\\').replaceAll(/[;,]/g, '\\$&')
    expect(unfolded).toContain(`SUMMARY:${title}\r\n`)
    expect(unfolded).toContain('DESCRIPTION:a\\nb\\; c\\, d\r\n')
    expect(unfolded).toContain('DTEND;VALUE=DATE:20270101\r\n')
  })

  it('is complete without events', () => {
    expect(writeCalendarFile([])).toMatch(/^BEGIN:VCALENDAR\r\n[^]*END:VCALENDAR\r\n$/)
  })
})
