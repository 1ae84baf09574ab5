import pg from 'pg'

/** Opens two connection pools on one database: two processes, as far as the database knows. */
export const openTwoPools = (url: string): [pg.Pool, pg.Pool] => [
  new pg.Pool({ connectionString: url, max: 4 }),
  new pg.Pool({ connectionString: url, max: 4 }),
]
