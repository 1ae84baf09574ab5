import type { AdminViewServerProps } from 'payload'
import { StaffView } from '../../../src/admin/ui/staff-view.tsx'
import { MarketScreen } from './market-screen.tsx'

/** The Market screen, for staff. */
export function MarketView(view: AdminViewServerProps) {
  const { collections } = view.initPageResult.permissions
  return (
    <StaffView
      className="jobs"
      canView={Boolean(collections?.['market-research-results']?.read)}
      name="market"
      view={view}
    >
      <MarketScreen mayAct={Boolean(collections?.['market-alert-rules']?.create)} />
    </StaffView>
  )
}
