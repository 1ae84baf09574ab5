import { isTimeZone } from './calendar.ts'
import { US_DOLLAR } from './money.ts'

/** An owner's display preferences before they choose their own. */
export type InitialPreferences = {
  unitSystem: 'imperial' | 'metric'
  currencyCode: string
  timeZone: string
}

/** The defaults from the schema documents, for owners without a known locale. */
export const DEFAULT_PREFERENCES: InitialPreferences = {
  unitSystem: 'imperial',
  currencyCode: US_DOLLAR,
  timeZone: 'America/New_York',
}

/** Regions that measure road distances in miles. */
const MILES = new Set(['US', 'GB', 'LR', 'MM', 'PR', 'GU', 'VI', 'AS', 'MP'])

const EURO = 'AD AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MC MT NL PT SI SK SM VA'.split(' ')
const OTHER_CURRENCIES = `AE:AED AR:ARS AU:AUD BR:BRL CA:CAD CH:CHF CL:CLP CN:CNY CO:COP CZ:CZK
  DK:DKK GB:GBP HK:HKD HU:HUF ID:IDR IL:ILS IN:INR IS:ISK JP:JPY KR:KRW LI:CHF MX:MXN MY:MYR NO:NOK
  NZ:NZD PE:PEN PH:PHP PL:PLN RO:RON RS:RSD SA:SAR SE:SEK SG:SGD TH:THB TR:TRY TW:TWD UA:UAH VN:VND
  ZA:ZAR`
const CURRENCIES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(EURO.map((region) => [region, 'EUR'])),
  ...Object.fromEntries(
    OTHER_CURRENCIES.split(/\s+/).map((pair) => pair.split(':') as [string, string]),
  ),
}

/**
 * Derives preferences from a locale (BCP 47: `de-AT`, `en_GB`) and a time zone of the identity
 * provider; uses the documents' defaults for the rest. A language without a region implies nothing:
 * English is spoken in regions with miles and in regions with kilometers.
 */
export function derivePreferences(locale: unknown, zone: unknown): InitialPreferences {
  const region = findRegion(locale)
  return {
    unitSystem: region && !MILES.has(region) ? 'metric' : DEFAULT_PREFERENCES.unitSystem,
    currencyCode: (region && CURRENCIES[region]) || DEFAULT_PREFERENCES.currencyCode,
    timeZone: isTimeZone(zone) ? zone : DEFAULT_PREFERENCES.timeZone,
  }
}

function findRegion(locale: unknown): string | undefined {
  if (typeof locale !== 'string' || locale.length > 35) return undefined
  try {
    return new Intl.Locale(locale.replaceAll('_', '-')).region
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
