import type { AdminViewServerProps } from 'payload'
import { StaffView } from '../ui/staff-view.tsx'
import { JobsScreen } from './jobs-screen.tsx'

/** The Jobs screen, for staff. */
export function JobsView(view: AdminViewServerProps) {
  const { collections } = view.initPageResult.permissions
  return (
    <StaffView
      className="jobs"
      canView={Boolean(collections?.['job-history']?.read)}
      name="jobs"
      view={view}
    >
      <JobsScreen mayQueueAgain={Boolean(collections?.inventory?.create)} />
    </StaffView>
  )
}
