import type { TextField } from 'payload'
import { permissions } from '../access/permissions.ts'
import { text } from './text.ts'

/**
 * The guest who last wrote a row of a shared vehicle, by subject; empty if its owner did. Set by
 * the server (hooks/ownership/guests.ts).
 */
export const writtenBy = (): TextField =>
  text('writtenBy', 255, {
    label: 'Written by',
    readOnly: true,
    access: { create: permissions.nobody, update: permissions.nobody },
    description: 'The guest who last wrote this for the owner of the vehicle.',
    admin: { condition: hasWriter, disableListColumn: true },
  })

const hasWriter = ({ writtenBy: guest }: { writtenBy?: unknown }): boolean => Boolean(guest)
