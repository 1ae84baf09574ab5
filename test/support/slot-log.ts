import type { TestForecourt } from './forecourt.ts'

/**
 * Logs, by the clock of the database, when each request slot is taken and released. The log states
 * the shortest gap that there can have been: it begins with the statement that released a slot, and
 * ends after the one that took it.
 */
export async function logSlots({ ownerSql }: TestForecourt): Promise<void> {
  await ownerSql(`
    create table slot_log (n bigserial, server text, at timestamptz, is_taken boolean);
    create function log_slot() returns trigger language plpgsql security definer
      set search_path = public as $$
      begin
        insert into slot_log (server, at, is_taken) values (new.server,
          case when new.holder is null then statement_timestamp() else clock_timestamp() end,
          new.holder is not null);
        return new;
      end $$;
    create trigger slot_log after insert or update of holder on request_slots
      for each row execute function log_slot()`)
}

/** How many slots of a server were taken. */
export async function countSlots({ ownerSql }: TestForecourt, server: string): Promise<number> {
  const { rows } = await ownerSql(
    'select count(*)::int as slots from slot_log where server = $1 and is_taken',
    [server],
  )
  return Number(rows[0]?.['slots'])
}

/** The milliseconds that a server was left alone between two of its slots at the least. */
export async function findShortestGap(
  { ownerSql }: TestForecourt,
  server: string,
): Promise<number> {
  const { rows } = await ownerSql(
    `select extract(epoch from min(at - released_at)) * 1000 as gap
      from (
        select at, is_taken, lag(at) over (order by n) as released_at,
          lag(is_taken) over (order by n) as was_taken
        from slot_log where server = $1
      ) as slots
      where is_taken and not was_taken`,
    [server],
  )
  return Number(rows[0]?.['gap'])
}
