import { describe, expect, it } from '@jest/globals'
import type { Caller } from '../../src/access/identity.ts'
import {
  canReadVehicle,
  canWriteVehicle,
  findGuest,
  listSharedVehicles,
} from '../../src/access/vehicle-access.ts'

type User = NonNullable<Caller['user']>

const buildOwner = (subject: string, about: object = {}): Caller => ({
  user: {
    collection: 'user-profiles',
    _strategy: 'owner-token',
    id: `profile of ${subject}`,
    auth0Sub: subject,
    sharedVehicles: [],
    ...about,
  } as unknown as User,
})
const buildGuest = (role: 'viewer' | 'editor') =>
  buildOwner('guest', { sharedVehicles: [{ vehicle: 'v', owner: 'ann', role }] })
const buildStaff = (role: string): Caller => ({
  user: { collection: 'users', id: 'u', role, isActive: true } as unknown as User,
})

const VEHICLE = { id: 'v', userId: 'ann' }
const TRASHED = { ...VEHICLE, deletedAt: '2026-01-01T00:00:00.000Z' }

describe('a vehicle', () => {
  it.each([
    ['its owner', buildOwner('ann'), true, true],
    ['an editor', buildGuest('editor'), true, true],
    ['a viewer', buildGuest('viewer'), true, false],
    ['another owner', buildOwner('ben'), false, false],
    ['a garage admin', buildOwner('ben', { garageAdmin: true }), true, true],
    ['an admin of the staff', buildStaff('admin'), true, true],
    ['a manager', buildStaff('manager'), false, false],
    ['nobody', { user: null }, false, false],
    ['an owner who has not agreed', buildOwner('ann', { awaitsTerms: true }), false, false],
  ])('is for %s to read and write, or not', (_who, caller, reads, writes) => {
    expect(canReadVehicle(caller, VEHICLE)).toBe(reads)
    expect(canWriteVehicle(caller, VEHICLE)).toBe(writes)
  })

  it('in the trash is shared with nobody', () => {
    expect(canReadVehicle(buildGuest('editor'), TRASHED)).toBe(false)
    expect(canWriteVehicle(buildGuest('editor'), TRASHED)).toBe(false)
    expect(canReadVehicle(buildOwner('ann'), TRASHED)).toBe(true)
  })

  it('that another owner shares is listed, by role', () => {
    expect(listSharedVehicles(buildGuest('viewer'))).toHaveLength(1)
    expect(listSharedVehicles(buildGuest('viewer'), 'editor')).toEqual([])
    expect(listSharedVehicles(buildStaff('admin'))).toEqual([])
  })
})

describe('a guest', () => {
  it('is an owner who writes the row of another one, and not an admin', () => {
    expect(findGuest(buildGuest('editor'), 'ann')).toBe('guest')
    expect(findGuest(buildGuest('editor'), 'guest')).toBeNull()
    expect(findGuest(buildOwner('ben', { garageAdmin: true }), 'ann')).toBeNull()
    expect(findGuest(buildStaff('admin'), 'ann')).toBeNull()
  })
})
