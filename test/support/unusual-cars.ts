import pg from 'pg'

/** Texts that two writers of JSON, or two matchers of text, may not agree on. */
export const UNUSUAL_TEXTS = [
  `O'Neil "the" \\ car`,
  'line\nbreak\ttab\r\b\f\u0001\u001f\u007f',
  'line\u2028and\u2029paragraph',
  'Škoda Citroën 日本 🚗 e\u0301',
  '</script><!-- & -->',
  '50% off_now',
  '", "',
  '["a", "b"]',
  '  spaces  ',
]

/**
 * Fills the lot by SQL with cars whose values are rarely written alike by two programs. VINs are
 * ODD and fourteen digits.
 */
export async function seedUnusualCars(url: string, count: number): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  for (let i = 0; i < count; i++) await client.query(INSERT, buildRow(i))
  await client.query('analyze inventory')
  await client.end()
}

const INSERT = `insert into inventory (title, vin, year, make, model, trim, body_style, doors,
  mileage, price, cost, msrp, featured, images,
  thumbnail, description, features, owners, service_records, status, listed_at, sold_at, created_at,
    updated_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
    $21, $22, $23, $24)`

const PRICES = [
  '99999999.99',
  '0.01',
  '0.10',
  '24500.00',
  '24500.50',
  '1000000',
  '0.30',
  '12345678.90',
  '33333.33',
  '10.07',
]

function buildRow(i: number): unknown[] {
  const pick = <Value>(values: readonly Value[], every = 1) =>
    values[Math.floor(i / every) % values.length]
  const unusual = pick(UNUSUAL_TEXTS) ?? ''
  const moment =
    `2026-0${1 + (i % 8)}-11 ` +
    `10:11:${String(i % 60).padStart(2, '0')}.${String((i * 7919) % 1_000_000).padStart(6, '0')}+00`
  const created = new Date(Date.UTC(2026, 0, 1, 0, i, i % 60))
    .toISOString()
    .replace('.000Z', `.${String(i % 1000).padStart(3, '0')}999Z`)
  const images = pick([
    [],
    null,
    [`https://x.example/${i}.jpg`, unusual],
    [unusual, '", "', 'a\\'],
    ['one'],
  ])
  return [
    `${unusual} ${i}`,
    `ODD${String(i).padStart(14, '0')}`,
    1990 + (i % 40),
    pick(['Honda', 'Mazda', 'honda', unusual, 'Škoda'], 2),
    pick(['Accord', unusual, 'CX-5'], 3),
    pick([null, '', unusual], 4),
    pick([null, 'Sedan', 'SUV']),
    pick([null, 2, 4]),
    1 + i * 137,
    pick(PRICES),
    pick(PRICES, 3),
    pick([null, ...PRICES], 2),
    pick([true, false, null]),
    images === null ? null : JSON.stringify(images),
    pick([null, 'https://x.example/small.jpg', unusual]),
    pick([null, unusual, `${unusual}\n\n${unusual}`]),
    pick(
      [
        null,
        '[]',
        JSON.stringify([unusual, unusual]),
        '{"b": 1.50, "a": [1e2, null, {"z": "é"}]}',
        'null',
      ],
      5,
    ),
    pick([null, 0, 1, 99]),
    pick([null, true, false]),
    pick(['available', 'available', 'available', 'hold', 'sold', 'pending']),
    pick([moment, null, moment, moment]),
    pick([null, '2026-02-11T10:11:12.345678Z']),
    created,
    created,
  ]
}
