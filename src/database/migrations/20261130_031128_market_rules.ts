import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/** Written by hand: the default alert rules, unless someone has written rules already. See decision 50. */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
insert into market_alert_rules (name, alert_type, threshold_percent, threshold_days, cooldown_hours, active)
select "name", "type", "percent", 60, "hours", true
from (values
  ('Our price is high', 'overpriced', 7, 72),
  ('Our price is low', 'underpriced', 7, 72),
  ('A comparable car costs much less', 'competitor_undercut', 15, 168),
  ('The market has moved', 'market_moved', 5, 72),
  ('The supply has changed', 'supply_moved', 20, 72),
  ('For sale for long', 'stale', 10, 720),
  ('Too few cars to compare', 'no_market_data', 10, 168)
) as "rules" ("name", "type", "percent", "hours")
where not exists (select from market_alert_rules);
  `)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
delete from market_alert_rules where created_at = updated_at and name in ('Our price is high', 'Our price is low',
  'A comparable car costs much less', 'The market has moved', 'The supply has changed', 'For sale for long', 'Too few cars to compare');
  `)
}
