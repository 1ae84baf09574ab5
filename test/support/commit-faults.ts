import type { TestForecourt } from './forecourt.ts'

/**
 * How COMMIT fails: by a serialization failure, by an error without a code of its own, or by the
 * end of its backend.
 */
export type CommitFault = 'serialize' | 'refuse' | 'cut'

/** The message of an injected fault, which no answer may repeat. */
export const FAULT_MESSAGE = 'words of the database alone'

/** Makes the commits of transactions that wrote to a table fail, from `arm` until `disarm`. */
export type CommitFaults = {
  arm: (table: string, fault: CommitFault) => Promise<void>
  disarm: () => Promise<void>
}

/** Prepares deferred constraint triggers, which run at COMMIT and nowhere before. */
export async function openCommitFaults({
  ownerSql,
}: Pick<TestForecourt, 'ownerSql'>): Promise<CommitFaults> {
  await ownerSql(`
    create table commit_faults (name text, fault text);
    grant select on commit_faults to public;
    create function fail_commit() returns trigger language plpgsql as $$
    declare wanted text := (select fault from commit_faults where name = tg_table_name);
    begin
      if wanted = 'serialize' then raise exception '${FAULT_MESSAGE}' using errcode = '40001';
      elsif wanted = 'refuse' then raise exception '${FAULT_MESSAGE}';
      elsif wanted = 'cut' then perform pg_terminate_backend(pg_backend_pid());
      end if;
      return null;
    end $$`)
  const armed = new Set<string>()
  return {
    arm: async (table, fault) => {
      if (!armed.has(table))
        await ownerSql(`create constraint trigger fail_commit after insert or update
          or delete on ${table}
          deferrable initially deferred for each row execute function fail_commit()`)
      armed.add(table)
      await ownerSql('insert into commit_faults values ($1, $2)', [table.split('.').at(-1), fault])
    },
    disarm: async () => void (await ownerSql('delete from commit_faults')),
  }
}
