'use client'
import { useAuth, useDocumentDrawer } from '@payloadcms/ui'
import '../ui/jobs.css'

/** Opens a new vehicle with its owner filled in. */
export function AddVehicle({ owner }: { owner: string }) {
  const { permissions } = useAuth()
  const [Drawer, , { closeDrawer, openDrawer }] = useDocumentDrawer({ collectionSlug: 'vehicles' })
  if (!permissions?.collections?.['vehicles']?.create) return null
  return (
    <div className="owner-garage__add">
      <button className="jobs__button" onClick={openDrawer} type="button">
        Add vehicle
      </button>
      <Drawer
        initialData={{ userId: owner }}
        onSave={({ operation }) => {
          if (operation === 'create') closeDrawer()
        }}
      />
    </div>
  )
}
