import type { AdminViewServerProps } from 'payload'
import { StaffView } from '../../../src/admin/ui/staff-view.tsx'
import { DoctorScreen } from './doctor-screen.tsx'

/** The Feed doctor, for staff. */
export function DoctorView(view: AdminViewServerProps) {
  const { collections } = view.initPageResult.permissions
  return (
    <StaffView
      className="jobs"
      canView={Boolean(collections?.['export-feeds']?.read)}
      name="feeds"
      view={view}
    >
      <DoctorScreen mayDownload={Boolean(collections?.['export-feeds']?.update)} />
    </StaffView>
  )
}
