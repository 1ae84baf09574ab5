import type { AdminViewServerProps } from 'payload'
import { z } from 'zod'
import { StaffView } from '../../../src/admin/ui/staff-view.tsx'
import { MarketScreen } from './market-screen.tsx'
import { OpenCar } from './open-car.tsx'

const CAR = z.uuid()

/** The Market screen, for staff. With `?car=`, leads to the Market tab of that car. */
export function MarketView({
  hasVinSource,
  ...view
}: AdminViewServerProps & { hasVinSource: boolean }) {
  const { collections } = view.initPageResult.permissions
  const { data: car } = CAR.safeParse(view.searchParams?.['car'])
  return (
    <StaffView
      className="jobs"
      canView={Boolean(collections?.['market-research-results']?.read)}
      name={car ? `market?car=${car}` : 'market'}
      view={view}
    >
      {car ? (
        <OpenCar id={car} />
      ) : (
        <MarketScreen
          hasVinSource={hasVinSource}
          mayAct={Boolean(collections?.['market-alert-rules']?.create)}
        />
      )}
    </StaffView>
  )
}
