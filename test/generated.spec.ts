import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { runCommand } from './support/command.ts'

/** What `npm run generate` writes and we commit. */
const GENERATED = [
  'src/generated/payload-types.ts',
  'src/generated/schema.graphql',
  'src/admin/app/(payload)/admin/importMap.js',
]

describe('what is generated', () => {
  it('is what the collections generate now', async () => {
    const committed = GENERATED.map((file) => readFileSync(file, 'utf8'))
    expect(await runCommand('generate', [], {})).toMatchObject({ code: 0 })
    const generated = GENERATED.map((file) => readFileSync(file, 'utf8'))
    GENERATED.forEach((file, at) => writeFileSync(file, committed[at] ?? ''))
    GENERATED.forEach((file, at) =>
      expect([file, generated[at] === committed[at]]).toEqual([file, true]),
    )
  })
})
