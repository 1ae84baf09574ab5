import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { ValidationError } from 'payload'
import { nameConstraints } from '../../../src/database/payload-patches/named-constraints.ts'
import { documentedSchema } from '../../../src/database/schema.ts'
import { text } from '../../../src/fields/text.ts'
import {
  openPatchedPayload,
  type PatchedPayload,
  type SmallPayload,
} from '../../support/patched-payload.ts'

let stage: PatchedPayload
beforeAll(async () => {
  stage = await openPatchedPayload({
    collections: [
      {
        slug: 'notes',
        fields: [text('userId', 20), text('title', 20)],
        custom: {
          table: {
            indexes: [{ name: 'notes_titles_idx', on: '"user_id", lower("title")', unique: true }],
          },
        },
      },
    ],
    patch: nameConstraints,
    schema: documentedSchema,
  })
  await createNote(stage.bare)
})
afterAll(() => stage.close())

const createNote = ({ db }: SmallPayload) =>
  db.create({ collection: 'notes', data: { userId: 'ann', title: 'Same' } })

/** The field that a duplicate is reported for. */
async function findDuplicateField(payload: SmallPayload): Promise<string | undefined> {
  const error: unknown = await createNote(payload).catch((failure: unknown) => failure)
  if (!(error instanceof ValidationError)) throw new Error('No duplicate was reported.')
  return error.data.errors[0]?.path
}

describe('the patch named-constraints', () => {
  it('is needed while Payload reports a duplicate of such an index without a field', async () => {
    expect(await findDuplicateField(stage.bare)).toBeNull()
  })

  it('reports a duplicate for its field', async () => {
    expect(await findDuplicateField(stage.patched)).toBe('title')
  })
})
