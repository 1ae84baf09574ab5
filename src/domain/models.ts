/** An entry of the catalog: a make, or a model with its make. */
export type CatalogName = string | { make: string; model: string }

/**
 * Models by make whose names have several words, or are often written with several (`CX 5`). They
 * separate the model from the trim in a title. Spaces, hyphens, dots and case are ignored. A
 * drivetrain, body or badge after a model (`Hybrid`, `4xe`, `Type R`) is a trim unless the
 * manufacturer sells it as a separate model (`Bolt EV`, `Prius Prime`). Contains models sold in the
 * United States since 1980.
 */
const KNOWN_MODELS: Readonly<Record<string, string>> = {
  Acura: 'TSX Sport Wagon',
  'AM General': 'Hummer H1, MV-1',
  'Aston Martin': 'DB7 Vantage, DBS Superleggera, V8 Vantage, V12 Vantage, V12 Vanquish, Rapide S',
  Audi: `A4 allroad, A6 allroad, A3 Sportback, A3 Sportback e-tron, A5 Sportback, S5 Sportback, A7
    Sportback, RS 3, RS 4, RS 5, RS 5 Sportback, RS 6, RS 6 Avant, RS 7, RS Q8, TT RS, e-tron GT, RS
    e-tron GT, S e-tron GT, e-tron Sportback, e-tron S, e-tron S Sportback, Q4 e-tron, Q4 e-tron
    Sportback, Q4 Sportback e-tron, Q5 Sportback, SQ5 Sportback, Q6 e-tron, Q6 Sportback e-tron, SQ6
    e-tron, SQ6 Sportback e-tron, A6 e-tron, A6 Sportback e-tron, S6 e-tron, S6 Sportback e-tron, Q8
    e-tron, Q8 Sportback e-tron, SQ8 e-tron, SQ8 Sportback e-tron`,
  Bentley:
    'Continental GT, Continental GTC, Continental Flying Spur, Continental Supersports, ' +
    'Flying Spur',
  BMW: `1 Series, 2 Series, 3 Series, 4 Series, 5 Series, 6 Series, 7 Series, 8 Series, 1 Series M,
    ActiveHybrid 3, ActiveHybrid 5, ActiveHybrid 7, Alpina B6, Alpina B7, Alpina B8, Alpina XB7, X3
    M, X4 M, X5 M, X6 M, Z3 M, Z4 M, M Coupe, M Roadster`,
  Buick:
    'Encore GX, Park Avenue, Regal TourX, Regal Sportback, Le Sabre, Grand National, ' +
    'Roadmaster Estate',
  Cadillac: `CT4-V, CT5-V, CT6-V, ATS-V, CTS-V, CTS Sport Wagon, STS-V, XLR-V, Escalade ESV,
    Escalade EXT, Escalade IQ, Escalade IQL, Escalade-V, Fleetwood Brougham, De Ville, Coupe de
    Ville, Sedan de Ville`,
  Chevrolet: `Bolt EV, Bolt EUV, Blazer EV, Equinox EV, Silverado EV, Spark EV, S-10, S-10 Blazer,
    K5 Blazer, Silverado 1500, Silverado 1500 LD, Silverado 1500 LTD, Silverado 1500 Limited,
    Silverado 1500 Classic, Silverado 1500HD, Silverado 1500HD Classic, Silverado 2500, Silverado
    2500HD, Silverado 2500HD Classic, Silverado 3500, Silverado 3500HD, Silverado 3500 Classic,
    Silverado 4500HD, Silverado 5500HD, Silverado 6500HD, Express 1500, Express 2500, Express 3500,
    Express 4500, City Express, Monte Carlo, El Camino, Malibu Limited, Malibu Maxx, Malibu Classic,
    Impala Limited, Cruze Limited, Captiva Sport, C/K 1500, C/K 2500, C/K 3500, Low Cab Forward,
    Suburban 1500, Suburban 2500, Avalanche 1500, Avalanche 2500, Lumina APV, TrailBlazer EXT, Bel
    Air`,
  Chrysler: 'Town & Country, Grand Voyager, New Yorker, PT Cruiser, Fifth Avenue, Le Baron',
  Dodge: `Grand Caravan, Ram 1500, Ram 2500, Ram 3500, Ram 4500, Ram 5500, Ram 1500 Classic, Ram
    Pickup, Ram Pickup 1500, Ram Pickup 2500, Ram Pickup 3500, Ram Van, Ram Wagon, Ram 50, SRT-4,
    Neon SRT-4, Sprinter 2500, Sprinter 3500`,
  Ferrari: `296 GTB, 296 GTS, 360 Modena, 360 Spider, 458 Italia, 458 Spider, 458 Speciale, 488 GTB,
    488 Spider, 488 Pista, 575M Maranello, 599 GTB, 612 Scaglietti, 812 Superfast, 812 GTS,
    California T, F430 Spider, F8 Tributo, F8 Spider, GTC4Lusso T, Portofino M, SF90 Stradale, SF90
    Spider`,
  FIAT: '124 Spider, 500 L, 500 X',
  Ford: `F-100, F-150, F-250, F-350, F-450, F-550, F-600, F-650, F-750, F-150 Lightning, F-150
    Heritage, F-250 Super Duty, F-350 Super Duty, F-450 Super Duty, F-550 Super Duty, F-600 Super
    Duty, F-650 Super Duty, F-750 Super Duty, Super Duty F-250, Super Duty F-350, Super Duty F-450,
    Super Duty F-550, Mustang Mach-E, Bronco Sport, Bronco II, Explorer Sport Trac, Expedition EL,
    Expedition MAX, Transit Connect, Transit-150, Transit-250, Transit-350, Transit-350 HD,
    E-Transit, E-Transit-350, E-150, E-250, E-350, E-450, E-350 Super Duty, E-450 Super Duty,
    E-Series, E-Series Cutaway, Crown Victoria, LTD Crown Victoria, Police Interceptor, Police
    Interceptor Utility, Police Interceptor Sedan, C-Max, C-Max Hybrid, C-Max Energi, Fusion Energi,
    Five Hundred, Taurus X, Model A, Model T, Shelby GT350, Shelby GT500`,
  Freightliner: 'Sprinter 1500, Sprinter 2500, Sprinter 3500, Sprinter 4500',
  Genesis: 'GV80 Coupe, Electrified G80, Electrified GV70',
  GMC: `Hummer EV, Hummer EV Pickup, Hummer EV SUV, Sierra EV, Sierra 1500, Sierra 1500 LTD, Sierra
    1500 Limited, Sierra 1500 Classic, Sierra 1500HD, Sierra 2500, Sierra 2500HD, Sierra 2500HD
    Classic, Sierra 3500, Sierra 3500HD, Sierra 3500 Classic, Savana 1500, Savana 2500, Savana 3500,
    Savana 4500, Yukon XL, Yukon XL 1500, Yukon XL 2500, Envoy XL, Envoy XUV, S-15, S-15 Jimmy,
    Suburban 1500, Suburban 2500, Acadia Limited, C/K 1500`,
  Honda: 'CR-V, HR-V, CR-Z, Civic del Sol, del Sol, Accord Crosstour, Fit EV',
  Hummer: 'H2 SUT',
  Hyundai: `Santa Fe, Santa Fe Sport, Santa Fe XL, Santa Cruz, Ioniq 5, Ioniq 5 N, Ioniq 6, Ioniq 6
    N, Ioniq 9, Kona N, Kona EV, Kona Electric, Elantra N, Elantra GT, Elantra Touring, Elantra
    Coupe, Veloster N, Genesis Coupe`,
  INEOS: 'Grenadier Quartermaster, Grenadier Station Wagon',
  INFINITI: 'QX 30, QX 50, QX 55, QX 56, QX 60, QX 70, QX 80',
  Isuzu: 'Rodeo Sport, Trooper II, i-280, i-290, i-350, i-370',
  Jaguar: 'E-PACE, F-PACE, I-PACE, F-TYPE, S-Type, X-Type, XJ-Series, XK-Series, Vanden Plas',
  Jeep: `Grand Cherokee, Grand Cherokee L, Grand Cherokee WK, Grand Wagoneer, Grand Wagoneer L,
    Wagoneer L, Wagoneer S, Wrangler Unlimited, Wrangler JK, Wrangler JK Unlimited, CJ-5, CJ-7,
    J-10`,
  Karma: 'GS-6, Revero GT',
  Kia: 'EV6, EV9, Niro EV, Soul EV, Forte Koup',
  Lamborghini: 'Aventador S, Aventador SVJ, Urus S, Urus SE',
  'Land Rover': `Range Rover, Range Rover Sport, Range Rover Velar, Range Rover Evoque, Range Rover
    Classic, Discovery Sport, Discovery Series II, Discovery II`,
  Lexus: 'GS F, IS F, RC F',
  Lincoln: 'Town Car, Mark LT, Mark VII, Mark VIII, Navigator L',
  Lotus: 'Evora GT, Exige S',
  Maserati: 'Gran Turismo, Gran Cabrio, Gran Sport',
  Mazda: `CX-3, CX-30, CX-5, CX-50, CX-7, CX-70, CX-9, CX-90, MX-3, MX-5, MX-5 Miata, MX-5 Miata RF,
    Miata MX-5, MX-6, MX-30, RX-7, RX-8, Mazda 2, Mazda 3, Mazda 5, Mazda 6, B-Series`,
  McLaren: `570S Spider, 600LT Spider, 650S Spider, 720S Spider, 750S Spider, 765LT Spider, MP4-12C,
    MP4-12C Spider, Artura Spider`,
  'Mercedes-Benz': `A-Class, B-Class, C-Class, CL-Class, CLA-Class, CLE-Class, CLK-Class, CLS-Class,
    E-Class, G-Class, GL-Class, GLA-Class, GLB-Class, GLC-Class, GLE-Class, GLK-Class, GLS-Class,
    M-Class, ML-Class, R-Class, S-Class, SL-Class, SLC-Class, SLK-Class, SLR McLaren, SLS AMG, EQE
    SUV, EQS SUV, EQE Sedan, EQS Sedan, EQ fortwo, AMG GT, GLC Coupe, GLE Coupe, Maybach S, Maybach
    S-Class, Maybach GLS, Maybach GLS-Class, Maybach EQS, Maybach EQS SUV, Sprinter 1500, Sprinter
    2500, Sprinter 3500, Sprinter 3500XD, Sprinter 4500`,
  Mercury: 'Grand Marquis',
  MINI: `Cooper Countryman, Cooper S Countryman, Cooper Clubman, Cooper S Clubman, Cooper Paceman,
    Cooper S Paceman, Cooper SE Countryman, Cooper SE Hardtop, John Cooper Works, John Cooper Works
    Countryman, John Cooper Works Clubman, John Cooper Works Convertible, John Cooper Works Hardtop,
    Cooper Convertible, Cooper S Convertible, Cooper Coupe, Cooper S Coupe, Cooper Roadster, Cooper
    S Roadster, Cooper Hardtop, Cooper S Hardtop, Cooper Hardtop 2 Door, Cooper Hardtop 4 Door,
    Hardtop 2 Door, Hardtop 4 Door`,
  Mitsubishi: `Eclipse Cross, Eclipse Spyder, Outlander Sport, Outlander PHEV, Mirage G4, Mirage
    Sport, Montero Sport, Lancer Evolution, Lancer Sportback, i-MiEV`,
  Nissan: `Kicks Play, Rogue Sport, Rogue Select, Altima Coupe, Versa Note, Pathfinder Armada, Titan
    XD, GT-R, NV 200, NV200 Taxi, NV 1500, NV 2500, NV 2500 HD, NV 3500, NV 3500 HD, Murano
    CrossCabriolet`,
  Oldsmobile:
    'Cutlass Supreme, Cutlass Ciera, Cutlass Cruiser, Custom Cruiser, Eighty-Eight, ' +
    'Ninety-Eight, Delta 88',
  Plymouth: 'Grand Voyager',
  Polestar: 'Polestar 1, Polestar 2, Polestar 3, Polestar 4',
  Pontiac: 'Grand Am, Grand Prix, Trans Am, Trans Sport, Firebird Trans Am, Le Mans, Montana SV6',
  Porsche: `718 Boxster, 718 Cayman, 718 Spyder, 918 Spyder, Carrera GT, Cayenne Coupe, Macan
    Electric, Panamera Sport Turismo, Taycan Cross Turismo, Taycan Sport Turismo`,
  Ram: `1500 Classic, 1500 REV, 1500 Ramcharger, ProMaster City, ProMaster EV, ProMaster 1500,
    ProMaster 2500, ProMaster 3500, Ram 1500, Ram 2500, Ram 3500, Ram 1500 Classic, Ram Pickup 1500,
    Ram Pickup 2500, Ram Pickup 3500`,
  Rivian: 'EDV 500, EDV 700',
  'Rolls-Royce':
    'Phantom Coupe, Phantom Drophead Coupe, Silver Seraph, Silver Shadow, Silver Spirit, ' +
    'Silver Spur, Park Ward',
  Saab: '9-2X, 9-3, 9-4X, 9-5, 9-7X',
  Saturn: 'L-Series, S-Series',
  Scion: 'FR-S',
  smart: 'fortwo electric drive, EQ fortwo',
  Subaru: 'Impreza WRX, WRX STI, Impreza WRX STI, Legacy Outback, B9 Tribeca, XV Crosstrek',
  Suzuki: 'Grand Vitara, XL-7, SX4 Crossover',
  Tesla: 'Model 3, Model S, Model X, Model Y',
  Toyota: `C-HR, bZ4X, bZ Woodland, Camry Solara, Corolla Cross, Corolla Hatchback, Corolla iM,
    Corolla Matrix, Crown Signia, FJ Cruiser, GR 86, GR Corolla, GR Supra, Grand Highlander, Land
    Cruiser, MR2 Spyder, Prius Prime, Prius Plug-In, Prius Plug-In Hybrid, Prius v, Prius c, RAV 4,
    RAV4 Prime, RAV4 EV, RAV4 Plug-In Hybrid, Yaris iA, GR Yaris`,
  VinFast: 'VF 6, VF 7, VF 8, VF 9',
  Volkswagen: `Golf R, Golf GTI, Golf SportWagen, Golf Alltrack, e-Golf, Jetta GLI, Jetta
    SportWagen, Atlas Cross Sport, Taos Cross, ID.4, ID.7, ID. Buzz, New Beetle, Passat CC, Tiguan
    Limited, Touareg 2`,
  Volvo: `C40 Recharge, XC40 Recharge, XC60 Recharge, XC90 Recharge, S60 Cross Country, V60 Cross
    Country, V90 Cross Country, EX30 Cross Country, XC 40, XC 60, XC 90`,
}

const BY_MAKE = new Map(
  Object.entries(KNOWN_MODELS).map(
    ([make, models]) => [make, new Set(models.split(/,\s*/).map(toModelLetters))] as const,
  ),
)

/**
 * Patterns for models of several words of any make, if the catalog has none: matched at the start
 * of the text after the make.
 */
const OF_ANY_MAKE: readonly RegExp[] = [
  /^(?:grand|santa|model|park|le|el|new) \S+/i,
  /^\S+[ -](?:series|class)\b(?! (?:i{1,3}|iv)\b)/i,
  /^[a-z]+ [1-6]500(?: ?hd| classic)?\b/i,
]
const ENDS_IN_NAME = /[\p{L}\p{N}]\S*$/u
/**
 * Trims that begin like a model: `N Line` of an Elantra is not an Elantra N, and `M Sport` of an X5
 * is not an X5 M.
 */
const LINE_OF_MODEL = /^(.* [fmnrs]) (?:line|sport|design)\b/i
/** The number of words in the longest name of a model. */
const MAX_WORDS = 6

/**
 * The model at the beginning of a text, as it is written there; in a title, this is the text after
 * the make. The result is the longest name of the make's models that matches in whole words (`Grand
 * Cherokee L` in `Grand Cherokee L Limited`, but not in `Grand Cherokee Laredo`), or else the first
 * word. `catalog` contains additional names. '' for an empty text.
 */
export function findModel(
  make: string,
  text: string,
  catalog: readonly CatalogName[] = [],
): string {
  const words = text.split(' ')
  const openings = Array.from({ length: Math.min(MAX_WORDS, words.length) }, (_, at) =>
    words.slice(0, at + 1).join(' '),
  )
  const [, line] = LINE_OF_MODEL.exec(text) ?? []
  const listed = openings.findLast(
    (opening) => opening !== line && ENDS_IN_NAME.test(opening) && isListed(make, opening, catalog),
  )
  const usual = OF_ANY_MAKE.map((pattern) => pattern.exec(text)?.[0]).find(
    (found) => found !== undefined,
  )
  return listed ?? usual ?? words[0] ?? ''
}

function isListed(make: string, opening: string, catalog: readonly CatalogName[]): boolean {
  const letters = toModelLetters(opening)
  if (letters === '' || BY_MAKE.get(make)?.has(letters)) return letters !== ''
  const same = make.toLowerCase()
  return catalog.some(
    (name) =>
      typeof name === 'object' &&
      name.make.toLowerCase() === same &&
      toModelLetters(name.model) === letters,
  )
}

/** `Mustang Mach-E` becomes `mustangmache`, `Town & Country` becomes `townandcountry`. */
function toModelLetters(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replaceAll('&', 'and')
    .replaceAll(/[^a-z0-9]/g, '')
}
