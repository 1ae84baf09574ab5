import { describe, expect, it } from '@jest/globals'
import { findPlaceholderProblem } from '../../plugins/notifications/domain/placeholders.ts'

const KNOWN = ['userName', 'vehicleName', 'dueDate']
const LIST = 'Placeholders of this e-mail: userName, vehicleName, dueDate.'
const find = (text: string) => findPlaceholderProblem(text, KNOWN)

describe('the placeholders of a template', () => {
  it.each([
    'Hello {{ userName }}, your {{vehicleName}} is due on {{   dueDate   }}.',
    'Single {braces}, a { and a }, { { apart } }, and $\\{dollars} are text',
    'no placeholder at all',
    '',
    '{{userName}}{{dueDate}}',
  ])('may stand as in "%s"', (text) => {
    expect(find(text)).toBeNull()
  })

  it.each([
    ['{{ ownerFirstName }}', '{{ ownerFirstName }} on line 1, which is not a placeholder.'],
    [
      '{{ vehicelName }}',
      '{{ vehicelName }} on line 1, which is not a placeholder. Did you mean vehicleName?',
    ],
    [
      'a\n\nb {{VEHICLENAME}}',
      '{{VEHICLENAME}} on line 3, which is not a placeholder. Did you mean vehicleName?',
    ],
    [
      '{{ usrName }}',
      '{{ usrName }} on line 1, which is not a placeholder. Did you mean userName?',
    ],
    [
      '{{ duedates }}',
      '{{ duedates }} on line 1, which is not a placeholder. Did you mean dueDate?',
    ],
    [
      '{{ vehicle_name }}',
      '{{ vehicle_name }} on line 1, which is not a placeholder. Did you mean vehicleName?',
    ],
    [
      '{{ vehicleName | upper }}',
      '{{ vehicleName | upper }} on line 1, which is not a placeholder. Did you mean vehicleName?',
    ],
    [
      '{{#if dueDate}}',
      '{{#if dueDate}} on line 1, which is not a placeholder. Did you mean dueDate?',
    ],
    ['{{ constructor }}', '{{ constructor }} on line 1, which is not a placeholder.'],
    ['{{ vehicleName', '{{ vehicleName on line 1, which is not closed: end it with }}.'],
    [
      '{{ vehicleName } was',
      '{{ vehicleName } was on line 1, which is not closed: end it with }}.',
    ],
    ['done }}', '}} on line 1, without {{ before it.'],
    ['{{ }}', '{{ }} on line 1, which is empty.'],
    ['{{}}', '{{}} on line 1, which is empty.'],
    [
      '{{{userName}}}',
      '{{{userName}}} on line 1, which has more than two braces: write {{ name }}.',
    ],
    [
      '{{ userName }}}',
      '{{ userName }}} on line 1, which has more than two braces: write {{ name }}.',
    ],
    ['{{\nuserName }}', '{{ on line 1, which spans several lines: write it on one.'],
  ])('may not stand as in %j', (text, problem) => {
    expect(find(text)).toBe(`has ${problem} ${LIST}`)
  })

  it.each([
    ['a zero-width space', 'user\u200bName', 'U+200B'],
    ['a no-break space', '\u00a0userName', 'U+00A0'],
    ['a letter of another script', 'userN\u0430me', 'U+0430'],
    ['a tab', 'userName\t', 'U+0009'],
  ])('name %s that nobody sees', (_, name, character) => {
    expect(find(`{{ ${name} }}`)).toContain(
      `it contains the character ${character}. Did you mean userName?`,
    )
  })

  it('are each named with their line, three at most', () => {
    expect(find('{{ a }}\n{{ userName }} {{ b }}\n{{ c\n{{ d }}')).toBe(
      'has {{ a }} on line 1, which is not a placeholder. It has {{ b }} on line 2, which is ' +
        'not a placeholder. ' +
        `It has {{ c on line 3, which is not closed: end it with }}. 1 more is wrong. ${LIST}`,
    )
  })

  it('are cut where they are long, between two characters, and show it', () => {
    expect(find(`{{ ${'😀'.repeat(90)} }}`)).toContain(`has {{ ${'😀'.repeat(57)}… on line 1, `)
  })

  it('are found in a long text', () => {
    expect(find('{{'.repeat(100_000))).toContain('which is not closed')
    expect(find('{{ x }} '.repeat(50_000))).toContain('49997 more are wrong')
    expect(find('{{ userName }}\n'.repeat(50_000))).toBeNull()
    expect(find(`{{ ${'x '.repeat(50_000)}${' '.repeat(200_000)}x }}`)).toContain(
      'which is not a placeholder',
    )
  })
})
