import type { CollectionBeforeOperationHook, FieldHook, SelectField } from 'payload'
import { permissions } from '../access/permissions.ts'
import { findVehicleStatus, VEHICLE_STATUS_LABELS } from '../garage/domain/vehicle-status.ts'
import { choice } from './choice.ts'

/** The fields that the status is computed from. */
const SOURCES = ['isActive', 'soldDate'] as const

const computeStatus: FieldHook = ({ siblingData }) => {
  const row = siblingData as { isActive?: boolean | null; soldDate?: string | null }
  if (!SOURCES.every((name) => name in row)) return undefined
  const life = { isActive: row.isActive !== false, soldDate: row.soldDate ?? null }
  return findVehicleStatus(life, new Date().toISOString().slice(0, 10))
}

/**
 * Whether a vehicle is in use, archived or sold: computed on every read from `isActive` and
 * `soldDate`, by the day in UTC. It has no column and cannot be filtered; its sources can.
 */
export function vehicleStatus(): SelectField {
  return {
    ...choice('status', 10, VEHICLE_STATUS_LABELS, {
      readOnly: true,
      admin: {
        disableListFilter: true,
        disableBulkEdit: true,
        components: {
          Field: '/src/admin/garage/vehicle-life.tsx#VehicleLife',
          Cell: '/src/admin/garage/vehicle-status-cell.tsx#VehicleStatusCell',
        },
      },
    }),
    virtual: true,
    access: { create: permissions.nobody, update: permissions.nobody },
    hooks: { afterRead: [computeStatus] },
  }
}

/** A read that selects the status also selects what it is computed from. */
export const selectStatusSources: CollectionBeforeOperationHook = ({ args, operation }) => {
  const { select } = args as { select?: Record<string, unknown> }
  if (operation !== 'read' || select?.['status'] !== true) return args
  return { ...args, select: { ...select, isActive: true, soldDate: true } }
}
