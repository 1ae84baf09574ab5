'use client'
import { JoinField, useAuth, useConfig, useDocumentDrawer, useDocumentInfo } from '@payloadcms/ui'
import type { Data, JoinFieldClientProps } from 'payload'
import { useState } from 'react'
import type { z } from 'zod'
import type { AddButton } from '../../fields/garage-screens.ts'
import type { VEHICLE_DUE } from '../../garage/endpoints/due-schemas.ts'
import { fetchAnswer } from '../ui/api.ts'
import '../ui/jobs.css'
import { readRowId } from './read-row-id.ts'
import { useClosedDrawers } from './use-vehicle-version.ts'
import './vehicle-figures.css'

type Props = JoinFieldClientProps & { button: AddButton }

/** The rows of a saved vehicle in another table, and the button that adds one. */
export function VehicleRows({ button, ...join }: Props) {
  const { id, data, isTrashed } = useDocumentInfo()
  const { permissions } = useAuth()
  const closed = useClosedDrawers()
  const vehicle = readRowId(id)
  const owner = readRowId(data?.['userId'])
  if (vehicle === null) return <p>{`${button.label}: save the vehicle first.`}</p>
  const canAdd = !isTrashed && Boolean(permissions?.collections?.[button.collection]?.create)
  return (
    <div className="vehicle-rows">
      {canAdd && owner && <AddRow button={button} owner={owner} vehicle={vehicle} />}
      <JoinField key={closed} {...join} />
    </div>
  )
}

type AddRowProps = {
  button: AddButton
  owner: string
  vehicle: string
}

/** Opens a new row with its owner, vehicle and date filled in. */
function AddRow({ button, owner, vehicle }: AddRowProps) {
  const { collection, date, label, staysOpen } = button
  const { config } = useConfig()
  const [Drawer, , { closeDrawer, openDrawer }] = useDocumentDrawer({ collectionSlug: collection })
  const [initialData, setInitialData] = useState<Data>({})
  const [problem, setProblem] = useState<string | null>(null)
  const open = async () => {
    const address = `${config.routes.api}/vehicles/${encodeURIComponent(vehicle)}/due`
    const due = await fetchAnswer<z.output<typeof VEHICLE_DUE>>(address)
    setProblem('problem' in due ? due.problem : null)
    if ('problem' in due) return
    const dates = date === undefined ? {} : fillDate(date, due.answer.today)
    setInitialData({ ...dates, userId: owner, vehicle })
    openDrawer()
  }
  return (
    <div className="vehicle-rows__add">
      <button className="jobs__button" onClick={() => void open()} type="button">
        {label}
      </button>
      {problem && (
        <p className="jobs__problem" role="alert">
          {problem}
        </p>
      )}
      <Drawer
        initialData={initialData}
        onSave={({ operation }) => {
          if (operation === 'create' && !staysOpen) closeDrawer()
        }}
      />
    </div>
  )
}

/** Today where the owner is; a field with a time gets the present one. */
const fillDate = (date: string, today: string): Data => ({
  [date]: date === 'dateTime' ? new Date().toISOString() : today,
})
