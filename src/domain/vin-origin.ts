/**
 * The maker and the country that the first three characters of a VIN name, the world manufacturer
 * identifier (ISO 3780).
 */

/**
 * Makers and their identifiers, where an identifier belongs to one make. It covers vehicles for
 * Europe and other markets, which NHTSA's vehicle database does not describe; it is not complete.
 */
const MAKERS: Readonly<Record<string, string>> = {
  Acura: 'JH4 19U',
  'Alfa Romeo': 'ZAR ZAS',
  Alpine: 'VFA',
  'Aston Martin': 'SCF',
  Audi: 'TRU WAU WUA WA1 WU1',
  Bentley: 'SCB SJA',
  BMW: 'WBA WBS WBX WBY WBW WB1 WB3 WB4 WB5 WAP 4US 5UX 5UM 5YM LBV X4X',
  Buick: '1G4 2G4 KL4',
  BYD: 'LGX LC0',
  Cadillac: '1G6 1GY',
  Chevrolet: '1G1 1GC 1GN 2G1 3GC 3GN KL8',
  Citroën: 'VF7 VR7 VS7 935',
  Dacia: 'UU1',
  DS: 'VR1',
  Ducati: 'ZDM',
  Ferrari: 'ZFF ZDF',
  FIAT: 'ZFA',
  Ford: 'WF0 SFA VS6 NM0 1FA 1FM 1FT 2FM 3FA MAJ 6FP 9BF AFA LVS MNA MNB MPB XLC',
  Genesis: 'KMT',
  GMC: '1GK 1GT 2GK 2GT 3GK 3GT',
  Holden: '6H8',
  Honda: 'JHM JHL 1HG 2HG 3HG 5FN 5J6 SHH SHS NLA LVH LHG MAK MRH 93H VTM ZDC',
  Hyundai: '5NP MAL NLH TMA Z94 LBE 9BH',
  INFINITI: 'JNR JNX',
  Isuzu: 'JAA JAB JAC JAM MPA',
  Iveco: 'ZCF',
  Jaguar: 'SAJ SAD',
  Kawasaki: 'JKA JKB',
  Kia: 'KNA KNC KNE 5XX XWE MZB LJD',
  Lada: 'XTA',
  Lamborghini: 'ZHW ZPB',
  Lancia: 'ZLA',
  'Land Rover': 'SAL',
  Lexus: 'JTH JTJ 2T2 58A',
  Lincoln: '1LN 2LM 5LM',
  Lotus: 'SCC',
  MAN: 'WMA',
  Maserati: 'ZAM ZN6',
  Mazda: 'JM1 JM3 JMZ',
  McLaren: 'SBM',
  'Mercedes-Benz': 'WDC WDD WDF W1K W1N W1V 4JG 55S NMB VSA ADB LE4 MHL',
  MG: 'SAR LSJ SDP',
  MINI: 'WMW WMZ',
  Mitsubishi: 'JA3 JMB JMY 4A3 4A4 ML3 MMB MMC MMT 6MM XMC',
  Neoplan: 'WAG',
  Nissan: 'VSK VWA MDH MNT Z8N LGB 94D',
  Opel: 'W0L W0V',
  Peugeot: 'VF3 VR3 936 8AD',
  Piaggio: 'ZAP',
  Polestar: 'LPS YSM YSR',
  Porsche: 'WP0 WP1',
  Renault: 'VF1 VF2 X7L 93Y 8A1 9FB MEE VS5',
  Rivian: '7FC 7PD',
  'Rolls-Royce': 'SCA SLA',
  SAAB: 'YS3 YK1',
  Saturn: '1G8 5GZ',
  Scania: 'YS2 YS4 XLE VLU 9BS',
  SEAT: 'VSS',
  Škoda: 'TMB',
  smart: 'WME HES',
  SsangYong: 'KPA KPB KPT',
  Subaru: 'JF2 4S3 4S4',
  Suzuki: 'JS1 JS2 JS3 TSM MA3 MBH VSE',
  Tesla: '5YJ 7SA 7G2 LRW XP7 SFZ',
  Toyota:
    'JTD JTK JTL JTN SB1 VNK NMT 2T1 2T3 4T1 4T3 5TF AHT MR0 MHF MBJ PN1 6T1 8AJ 9BR LFM ' +
    'LVG YAR XW7 TW1',
  Triumph: 'SMT',
  VinFast: 'RLL',
  Volkswagen: 'WVW WVG WV1 WV2 WV3 1VW 1V2 3VV 3VW 9BW AAV LSV MEX WV4 VWV 953 8AW',
  Volvo: 'YV1 YV4 LYV XLB 7JR',
}

/**
 * Countries by the first two characters: a first character and the range of second ones, in the
 * order A to Z, 1 to 9, 0 (ISO 3780).
 */
const COUNTRIES: Readonly<Record<string, string>> = {
  'South Africa': 'AAH',
  Kenya: 'BFK',
  Tunisia: 'CLR',
  Egypt: 'DAE',
  Morocco: 'DFK',
  Ethiopia: 'EAE',
  Nigeria: 'FFK',
  China: 'LA0 HA0',
  Japan: 'JA0',
  Israel: 'KFK',
  'South Korea': 'KLR',
  India: 'MAE MZ0',
  Indonesia: 'MFK',
  Thailand: 'MLR',
  Iran: 'NAE',
  Pakistan: 'NFK',
  Turkey: 'NLR',
  Philippines: 'PAE',
  Malaysia: 'PLR',
  'United Arab Emirates': 'RAE',
  Taiwan: 'RFK',
  Vietnam: 'RLR',
  'United Kingdom': 'SAM',
  Germany: 'WA0 SNT',
  Poland: 'SUZ',
  Switzerland: 'TAH',
  'Czech Republic': 'TJP',
  Hungary: 'TRV',
  Portugal: 'TW1',
  Denmark: 'UHM',
  Ireland: 'UNT',
  Romania: 'UUZ',
  Slovakia: 'U57',
  Austria: 'VAE',
  France: 'VFR',
  Spain: 'VSW',
  Serbia: 'VX2',
  Croatia: 'V35',
  Bulgaria: 'XAE',
  Greece: 'XFK',
  Netherlands: 'XLR',
  Russia: 'XSW X30 Z60',
  Belgium: 'YAE',
  Finland: 'YFK',
  Sweden: 'YSW',
  Norway: 'YX2',
  Belarus: 'Y35',
  Ukraine: 'Y60',
  Italy: 'ZAU',
  Slovenia: 'ZX2',
  Lithuania: 'Z35',
  'United States': '1A0 4A0 5A0 7F0',
  Canada: '2A0',
  Mexico: '3A7',
  Australia: '6AW',
  'New Zealand': '7AE',
  Argentina: '8AE',
  Chile: '8FK',
  Ecuador: '8LR',
  Peru: '8SW',
  Venezuela: '8X2',
  Brazil: '9AE 939',
  Colombia: '9FK',
  Paraguay: '9LR',
  Uruguay: '9SW',
}

const makersByCode: ReadonlyMap<string, string> = new Map(
  Object.entries(MAKERS).flatMap(([maker, codes]) =>
    codes.split(' ').map((code): [string, string] => [code, maker]),
  ),
)

/** The order of characters in the ranges of countries. */
const ORDER = 'ABCDEFGHJKLMNPRSTUVWXYZ1234567890'

/** The make that a VIN's manufacturer code belongs to alone; null if that is not known. */
export const findMaker = (vin: string): string | null => makersByCode.get(vin.slice(0, 3)) ?? null

/** The country whose authority assigned a VIN's manufacturer code, in English; null if unknown. */
export function findCountry(vin: string): string | null {
  const isWithin = (range: string) =>
    vin.charAt(0) === range.charAt(0) &&
    ORDER.indexOf(vin.charAt(1)) >= ORDER.indexOf(range.charAt(1)) &&
    ORDER.indexOf(vin.charAt(1)) <= ORDER.indexOf(range.charAt(2))
  const found = Object.entries(COUNTRIES).find(([, ranges]) => ranges.split(' ').some(isWithin))
  return found?.[0] ?? null
}
