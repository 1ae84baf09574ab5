import type { Payload } from 'payload'
import { getDayInZone } from '../garage/domain/days.ts'
import { getService } from '../services.ts'

declare module '../services.ts' {
  interface Services {
    /** The IANA time zone of the dealership: its days are counted in it. */
    lotTimeZone: string
  }
}

/** The dealership's time zone, an IANA name (the setting SCHEDULE_TIME_ZONE). */
export const getLotTimeZone = (payload: Pick<Payload, 'config'>): string =>
  getService(payload, 'lotTimeZone')

/** The calendar day at the dealership at an instant, `YYYY-MM-DD`. */
export const getLotDay = (payload: Pick<Payload, 'config'>, instant: Date): string =>
  getDayInZone(instant, getLotTimeZone(payload))
