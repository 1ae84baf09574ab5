import { getService } from '../services.ts'
import '../vin/vin-decoder.ts'
import type { TimelineSource } from './timeline-sources.ts'

/**
 * The recalls of the model of a car that NHTSA lists, if they are looked up on this server. They
 * may not apply to the car.
 */
export const findRecallEvents: TimelineSource = async ({ payload }, { make, model, year }) => {
  const { recalls: source } = getService(payload, 'vinSources')
  if (!source) return []
  const result = await source.find({ make, model, year })
  if (result.status === 'unavailable') return { unavailable: result.message }
  return result.recalls.flatMap(({ campaign, component, reportedOn }) => {
    if (reportedOn === null) return []
    const details = `${campaign}${component === null ? '' : `: ${component}`} (may apply)`
    return [{ at: `${reportedOn}T00:00:00.000Z`, kind: 'recall', details, price: null }]
  })
}
