import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/** Written by hand: the documented templates of mails, and the documented settings of backups. */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
insert into email_templates (template_key, name, description, subject, body, variables) values
(
  'maintenance_due_soon',
  'Maintenance due soon',
  'Sent once when maintenance of a vehicle comes due within the owner’s reminder period.',
  '{{ category }} is due soon: {{ vehicleName }}',
  'Hello {{ userName }},

maintenance of your {{ vehicleName }} is due soon.

  What: {{ category }} ({{ subtypes }})
  Due on: {{ dueDate }}
  Due at: {{ dueMileage }}

When it is done, enter it as a maintenance log; the next due date is worked out from it.

You get this mail because e-mail reminders are on for this maintenance schedule. You can turn them off there.
',
  '["userName", "vehicleName", "category", "subtypes", "dueDate", "dueMileage"]'
),
(
  'maintenance_overdue',
  'Maintenance overdue',
  'Sent once when maintenance of a vehicle was due and no log of it has been entered.',
  '{{ category }} is overdue: {{ vehicleName }}',
  'Hello {{ userName }},

maintenance of your {{ vehicleName }} is overdue.

  What: {{ category }} ({{ subtypes }})
  Was due on: {{ dueDate }}
  Was due at: {{ dueMileage }}

If it has been done already, enter it as a maintenance log and this reminder rests until the next time.

You get this mail because e-mail reminders are on for this maintenance schedule. You can turn them off there.
',
  '["userName", "vehicleName", "category", "subtypes", "dueDate", "dueMileage"]'
),
(
  'document_expiring',
  'Document expiring',
  'Sent once when a document of a vehicle is about to expire.',
  '{{ documentTitle }} expires on {{ expirationDate }}: {{ vehicleName }}',
  'Hello {{ userName }},

a document of your {{ vehicleName }} is about to expire.

  Document: {{ documentTitle }} ({{ documentType }})
  Expires on: {{ expirationDate }}

When you have the new one, add it to the vehicle’s documents.

You get this mail because e-mail reminders are on for this document. You can turn them off there.
',
  '["userName", "vehicleName", "documentType", "documentTitle", "expirationDate"]'
),
(
  'document_expired',
  'Document expired',
  'Sent once when a document of a vehicle has expired.',
  '{{ documentTitle }} has expired: {{ vehicleName }}',
  'Hello {{ userName }},

a document of your {{ vehicleName }} has expired.

  Document: {{ documentTitle }} ({{ documentType }})
  Expired on: {{ expirationDate }}

If you have the new one already, add it to the vehicle’s documents.

You get this mail because e-mail reminders are on for this document. You can turn them off there.
',
  '["userName", "vehicleName", "documentType", "documentTitle", "expirationDate"]'
)
on conflict (template_key) do nothing;

insert into backup_settings (setting_key, setting_value) values
  ('email_on_success', 'false'),
  ('email_on_failure', 'true'),
  ('admin_email', ''),
  ('max_backup_size_mb', '5120'),
  ('compression_enabled', 'true')
on conflict (setting_key) do nothing;
  `)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
delete from backup_settings where setting_key in ('email_on_success', 'email_on_failure', 'admin_email', 'max_backup_size_mb', 'compression_enabled');
delete from email_templates where template_key in ('maintenance_due_soon', 'maintenance_overdue', 'document_expiring', 'document_expired');
  `)
}
