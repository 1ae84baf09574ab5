import { describe, expect, it } from '@jest/globals'
import {
  TEMPLATE_KEYS,
  findTemplateKeyProblem,
} from '../../plugins/notifications/domain/template-keys.ts'

describe('the key of a template', () => {
  it.each(Object.keys(TEMPLATE_KEYS))('may be %s', (key) => {
    expect(findTemplateKeyProblem(key)).toBeNull()
  })

  it.each(['', 'maintenance', 'toString', '__proto__'])(
    'is not "%s", and the refusal says what it may be',
    (key) => {
      expect(findTemplateKeyProblem(key)).toBe(
        'must be one of maintenance_due_soon, maintenance_overdue, document_expiring, ' +
          `document_expired, not "${key}"`,
      )
    },
  )
})
