import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  toAsciiAddress,
  getAsciiDomain,
  findHeaderTextProblem,
  findMailAddressProblem,
  parseMailSender,
} from '../../src/domain/mail-address.ts'

const EXAMPLE = 'Enter exactly one address, such as ann@example.com.'

describe('a mail address', () => {
  it.each([
    'ann@example.com',
    'ann.o-neil+cars@mail.example.co.uk',
    "o'hara_{x}=?@example.com",
    'ANN@EXAMPLE.COM',
    'ann%work@example.com',
    'ann%2fwork@example.com',
    'ann@münchen.example',
    'ann@xn--mnchen-3ya.example',
    'forecourt@localhost',
    `${'a'.repeat(64)}@example.com`,
    'ann@почта.рф',
    `a@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(63)}.example`,
  ])('may be %s', (result) => expect(findMailAddressProblem(result)).toBeNull())

  it.each([
    ['', 'is empty'],
    [
      'ann@example.com\r\nRCPT TO:<eve@example.com>',
      'has a line break or another control character',
    ],
    ['ann@example.com\n', 'has a line break'],
    ['ann@example.com\0', 'has a line break or another control character'],
    ['ann@example.com\u2028', 'has a line break'],
    ['ann@example.com\u0085', 'has a line break'],
    ['ann@example.com, eve@example.com', 'contains more than one address'],
    ['ann@example.com;eve@example.com', 'contains more than one address'],
    ['Ann <ann@example.com>', 'has angle brackets'],
    ['ann@example.com>', 'has angle brackets'],
    ['ann@example.com eve@example.com', 'has a space'],
    [' ann@example.com', 'has a space'],
    ['ann', 'is not valid'],
    ['ann@example.com@example.org', 'is not valid'],
    ['änn@example.com', 'has non-ASCII characters before the @'],
    ['@example.com', 'is not valid'],
    ['.ann@example.com', 'is not valid'],
    ['an..n@example.com', 'is not valid'],
    ['"ann"@example.com', 'is not valid'],
    ['ann(work)@example.com', 'is not valid'],
    ['ann:eve@example.com', 'is not valid'],
    ['%0d%0a@example.com', 'is not valid'],
    ['ann%0ABcc@example.com', 'is not valid'],
    ['ann%00@example.com', 'is not valid'],
    ['ann%7F@example.com', 'is not valid'],
    [`${'a'.repeat(65)}@example.com`, 'is not valid'],
    ['ann@', 'is not valid'],
    ['ann@example', 'is not valid'],
    ['ann@example..com', 'is not valid'],
    ['ann@example.com.', 'is not valid'],
    ['ann@-example.com', 'is not valid'],
    ['ann@exa_mple.com', 'is not valid'],
    ['ann@example.com:25', 'is not valid'],
    ['ann@example.com/x', 'is not valid'],
    ['ann@%65xample.com', 'is not valid'],
    ['ann@127.0.0.1', 'is not valid'],
    ['ann@0x7f.1', 'is not valid'],
    ['ann@[127.0.0.1]', 'is not valid'],
    [`ann@${'b'.repeat(64)}.com`, 'is not valid'],
  ])('is not %j, and the words say why', (message, why) => {
    expect(findMailAddressProblem(message)).toContain(
      `e-mail address ${JSON.stringify(message)} ${why}`,
    )
    expect(findMailAddressProblem(message)).toContain(EXAMPLE)
  })

  it('has 254 characters at most, in ASCII too', () => {
    expect(findMailAddressProblem(`${'a'.repeat(250)}@b.com`)).toContain(
      'is longer than 254 characters',
    )
    const growing = `${'a'.repeat(60)}@${'ü'.repeat(40)}.${'ö'.repeat(40)}.${'ä'.repeat(40)}.${'é'.repeat(40)}.example`
    expect(findMailAddressProblem(growing)).toContain('is longer than 254 characters')
  })

  it('is cut in the words when it is long', () => {
    expect(findMailAddressProblem('x'.repeat(10_000))?.length).toBeLessThan(300)
  })

  it('is never accepted with a character that could end a line or begin another address', () => {
    const unusual = fc.constantFrom(
      '\r',
      '\n',
      '\0',
      '\t',
      ' ',
      ',',
      ';',
      '<',
      '>',
      '"',
      '\\',
      ':',
      '(',
      ')',
      '\u2028',
      '\u007f',
    )
    fc.assert(
      fc.property(unusual, fc.nat(15), (character, at) => {
        const reported = `${'ann@example.com'.slice(0, at)}${character}${'ann@example.com'.slice(at)}`
        expect(findMailAddressProblem(reported)).not.toBeNull()
      }),
    )
  })

  it('is any text to ask about: where there is no problem, there is an address in ASCII', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.emailAddress(), fc.webUrl(), fc.string({ unit: 'grapheme' })),
        (output) => {
          const problem = findMailAddressProblem(output)
          expect(problem === null ? toAsciiAddress(output) : problem).toMatch(
            /^([!-~]+@[a-z0-9.-]+|e-mail address ".*)$/su,
          )
        },
      ),
    )
  })

  it('is told to mail servers with its domain in ASCII', () => {
    expect(toAsciiAddress('Ann@MÜNCHEN.example')).toBe('Ann@xn--mnchen-3ya.example')
    expect(getAsciiDomain('Ann@Example.com')).toBe('example.com')
  })

  it('has no domain to tell when it is none', () => {
    expect(() => toAsciiAddress('ann')).toThrow('e-mail address "ann" is not valid')
  })
})

describe('a subject', () => {
  it.each([
    'Your car is due',
    'Ölwechsel fällig 🚗',
    '<b> & "quotes", commas; and more',
    'x'.repeat(255),
    '🚗'.repeat(255),
  ])('may be %j', (header) => expect(findHeaderTextProblem(header)).toBeNull())

  it.each([
    [
      'Due\r\nBcc: eve@example.com',
      'has a line break or another control character. Write it on one line.',
    ],
    ['Due\nnow', 'has a line break'],
    ['Due\0', 'has a line break or another control character'],
    ['Due\tnow', 'has a line break or another control character'],
    ['', 'is blank. Write 1 to 255 characters.'],
    ['   ', 'is blank'],
    ['x'.repeat(256), 'has 256 characters. Write 255 or fewer.'],
  ])('is not %j, and the words say why', (header, why) =>
    expect(findHeaderTextProblem(header)).toContain(why),
  )
})

describe('a sender', () => {
  it.each([
    ['ann@example.com', { name: '', address: 'ann@example.com' }],
    [' ann@example.com ', { name: '', address: 'ann@example.com' }],
    ['<ann@example.com>', { name: '', address: 'ann@example.com' }],
    ['Forecourt <ann@example.com>', { name: 'Forecourt', address: 'ann@example.com' }],
    [
      '"Forecourt, Inc." <ann@example.com>',
      { name: 'Forecourt, Inc.', address: 'ann@example.com' },
    ],
    ['Autohaus Müller<ann@example.com>', { name: 'Autohaus Müller', address: 'ann@example.com' }],
  ])('may be said as %j', (header, sender) => expect(parseMailSender(header)).toEqual(sender))

  it.each([
    ['', 'sender "" is empty. Write it as ann@example.com or Forecourt <ann@example.com>.'],
    ['Forecourt', 'sender "Forecourt" is not valid.'],
    ['Forecourt <ann@example.com', 'has angle brackets'],
    ['Forecourt <>', 'sender "Forecourt <>" is empty'],
    ['Forecourt <ann@example.com> <eve@example.com>', 'has angle brackets'],
    ['Forecourt <ann@example.com, eve@example.com>', 'contains more than one address'],
    [
      'Forecourt\r\nBcc: eve@example.com <ann@example.com>',
      'has a line break or another control character',
    ],
    [`${'x'.repeat(256)} <ann@example.com>`, 'has 256 characters'],
  ])('is not %j, and the words say why', (header, why) => {
    const sender = parseMailSender(header)
    expect('problem' in sender && sender.problem).toContain(why)
  })
})
