import pg from 'pg'

/**
 * Cars by SQL, four in five of them available, as full as real ones: a listing of 20 is about 50
 * KB.
 */
export async function seedCars(url: string, from: number, to: number): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(SEED, [from, to])
  await client.query('vacuum analyze inventory')
  await client.end()
}

const SEED = `
  insert into inventory (title, vin, stock_number, year, make, model, trim, body_style, doors,
    exterior_color, interior_color, engine,
    transmission, fuel_type, drivetrain, mileage, mpg_city, mpg_highway, condition, price, cost,
      msrp, featured, images, thumbnail,
    description, features, title_status, owners, accidents, service_records, warranty, carfax_url,
      listed_at, status, created_at)
  select 'Car ' || n, 'BENCH' || lpad(n::text, 12, '0'), 'S' || n, 1990 + n % 36, (array['Honda',
    'Ford', 'Tesla', 'Toyota', 'BMW'])[1 + n % 5],
    'Model ' || n % 40, 'Touring', 'Sedan', 4, 'Meteorite Gray', 'Black', '2.0L I4 Turbo',
      'Automatic', 'Gasoline', 'AWD', 1000 + n % 150000,
    28, 36, 'Excellent', 5000 + (n * 7919 % 9000000) / 100.0, 4000, 60000, n % 10 = 0,
    (select jsonb_agg('https://pictures.example/cars/' || n || '/photo-' || i || '-large.webp')
      from generate_series(1, 12) i),
    'https://pictures.example/cars/' || n || '/thumbnail.webp',
      repeat('Well kept, one owner, all services on time. ', 14),
    '["Heated seats", "Sunroof", "Adaptive cruise control", "Apple CarPlay", "Blind spot monitor", "Lane keeping"]',
    'Clean', 1, 0, true, 'The rest of the maker''s warranty.', 'https://reports.example/' || n,
      now() - n * interval '1 minute',
    case when n % 5 = 0 then 'sold' else 'available' end, now() - n * interval '1 minute'
  from generate_series($1::int, $2::int) n`
