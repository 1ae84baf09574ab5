import { parseEnv } from 'node:util'
import { describe, expect, it } from '@jest/globals'
import { findEnvFileProblems } from '../../src/domain/env-file.ts'
import { read } from '../support/repository-files.ts'

const KNOWN = ['PORT', 'DATA_DIR', 'MARKET_ZIP', 'PAYLOAD_SECRET']
const find = (text: string) =>
  findEnvFileProblems(Buffer.from(text), (name) => KNOWN.includes(name))

describe('a .env', () => {
  it.each([
    '',
    '# a comment = with a sign\n\n  # another\nPORT=3000\n',
    'export PORT = 3000\r\nDATA_DIR=.data # where\r\n',
    'PORT=\nOTHER=1\nOTHER=2\n',
    'PAYLOAD_SECRET="two\nPORT=1\nlines" # end\nPORT=3000',
    "DATA_DIR='a b'\nPORT=`3000`",
    'my.other-name=x',
  ])('is right: %j', (text) => {
    expect(find(text)).toEqual([])
  })

  it('is right as it is shipped', () => {
    expect(findEnvFileProblems(Buffer.from(read('.env.example')), () => true)).toEqual([])
    expect(Object.keys(parseEnv(read('.env.example')))).toContain('PORT')
  })

  it.each([
    [
      'PORT: hunter2\nMARKET_ZIP=90210',
      'Line 1 of .env does not set a variable. Write NAME=value, or begin the line with #.',
    ],
    [
      '# a\nPORT=1\nhunter2',
      'Line 3 of .env does not set a variable. Write NAME=value, or begin the line with #.',
    ],
    [
      'set PORT=hunter2',
      'Line 1 of .env does not set a variable. Write NAME=value, or begin the line with #.',
    ],
    [
      '=hunter2',
      'Line 1 of .env does not set a variable. Write NAME=value, or begin the line with #.',
    ],
    [
      'PAYLOAD_SECRET="hunter2\nPORT=1',
      'Line 1 of .env has a quotation mark that is not closed. Close or remove it.',
    ],
    ['PORT=1\nDATA_DIR=x\nPORT=2', 'PORT is set on lines 1 and 3 of .env. Keep one of them.'],
    [
      'PORT=1\nexport PORT=1\r\nPORT = 3',
      'PORT is set on lines 1 and 2 and 3 of .env. Keep one of them.',
    ],
    [
      '\ufeffPORT=1',
      '.env begins with a byte order mark, which hides its first setting. Save it as UTF-8 ' +
        'without one.',
    ],
    ['PO\0RT=1', '.env is not valid UTF-8. Save it as UTF-8.'],
  ])('is refused without its values: %j', (text, problem) => {
    expect(find(text)).toEqual([problem])
  })

  it('is refused in the encoding that PowerShell writes', () => {
    for (const bytes of [Buffer.from('\ufeffPORT=1', 'utf16le'), Buffer.from([0x50, 0xff])])
      expect(findEnvFileProblems(bytes, () => true)).toEqual([
        '.env is not valid UTF-8. Save it as UTF-8.',
      ])
  })
})
