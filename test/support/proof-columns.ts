/**
 * What a row of the proof is made of: words and figures that are in no other row, whose it is, and
 * how to make what it refers to.
 */
export type RowFixture = {
  mark: string
  veil: string
  figure: number
  vin: string
  subject: string
  /** The id of a row that this one refers to; a fresh one is referred to by no other. */
  parent: (slug: string, fresh?: boolean) => Promise<string | number>
}

type Columns = Record<string, unknown>

const NOW = '2026-03-01T10:00:00.000Z'
const json = (value: object) => JSON.stringify(value)
const buildVehicleColumns = async ({ subject, parent }: RowFixture) => ({
  user_id: subject,
  vehicle_id: await parent('vehicles'),
})

/**
 * The columns of a valid row of every table. Its mark, or its figure where it has no texts, is in
 * what it tells.
 */
export const COLUMNS: Readonly<Record<string, (about: RowFixture) => Columns | Promise<Columns>>> =
  {
    vehicles: ({ mark, subject, vin }) => ({
      user_id: subject,
      vin,
      title: mark,
      nickname: mark,
      make: 'Honda',
      color: mark,
    }),
    'fuel-logs': async (about) => ({
      ...(await buildVehicleColumns(about)),
      date_time: NOW,
      trip_distance: 250,
      fuel_type: 'gasoline',
      fuel_units: 10,
      cost_per_unit: 3,
      total_cost: 30,
      notes: about.mark,
      location_data: about.mark,
    }),
    'maintenance-logs': async (about) => ({
      ...(await buildVehicleColumns(about)),
      category: 'Performance upgrade',
      subtypes: ['Drivetrain'],
      service_date: '2026-02-01',
      shop_name: about.mark,
      notes: about.mark,
    }),
    'maintenance-schedules': async (about) => ({
      ...(await buildVehicleColumns(about)),
      category: 'Performance upgrade',
      subtypes: ['Brakes'],
      notes: about.mark,
    }),
    'ownership-costs': async (about) => ({
      ...(await buildVehicleColumns(about)),
      kind: 'insurance',
      title: about.mark,
      amount: 600,
      interval_months: 6,
      start_date: '2026-01-01',
      notes: about.mark,
    }),
    documents: async (about) => ({
      ...(await buildVehicleColumns(about)),
      title: about.mark,
      document_type: 'insurance',
      details: json({ policyNumber: about.mark }),
    }),
    'user-preferences': ({ subject }) => ({ user_id: subject, currency_code: 'EUR' }),
    'user-profiles': ({ mark }) => ({
      auth0_sub: `auth0|${mark}`,
      email: `${mark}@x.example`,
      display_name: mark,
    }),
    users: ({ mark }) => ({
      email: `${mark}@x.example`,
      name: mark,
      role: 'viewer',
      oauth_provider: 'local',
      oauth_id: mark,
      oauth_issuer: mark,
    }),
    'terms-agreements': ({ mark, subject }) => ({
      user_id: subject,
      terms_version: mark,
      terms_url: mark,
      terms_content_hash: mark,
      agreed_at: NOW,
      ip_address: '10.9.8.7',
      user_agent: mark,
    }),
    'admin-users': ({ mark }) => ({
      auth0_sub: `auth0|${mark}`,
      email: `${mark}@x.example`,
      role: 'admin',
      created_by: mark,
    }),
    stations: ({ mark }) => ({ name: mark, address: mark, google_place_id: mark }),
    'community-stations': async ({ subject, parent }) => ({
      user_id: subject,
      station_id: await parent('stations', true),
      has_93_octane: true,
      reported_at: NOW,
    }),
    'saved-stations': async ({ mark, subject, parent }) => ({
      user_id: subject,
      station_id: await parent('stations', true),
      nickname: mark,
    }),
    engines: ({ mark }) => ({ name: mark, specs_json: json({ said: mark }) }),
    transmissions: ({ mark }) => ({ type: mark }),
    'maintenance-subtypes': ({ mark }) => ({
      category: 'Routine maintenance',
      name: mark,
      is_active: true,
    }),
    'vehicle-options': ({ mark }) => ({
      title: mark,
      year: 2021,
      make: 'Honda',
      model: mark,
      trim: mark,
    }),
    inventory: async ({ mark, figure, vin, parent }) => ({
      title: mark,
      vin,
      stock_number: mark,
      year: 2021,
      make: 'Honda',
      model: mark,
      mileage: 9,
      price: 24_500,
      cost: `${figure}.37`,
      status: 'available',
      listed_at: NOW,
      source_submission_id: await parent('pending-submissions', true),
      created_by: await parent('users', true),
    }),
    media: ({ mark }) => ({
      alt: mark,
      filename: `${mark}.webp`,
      url: `/api/media/file/${mark}.webp`,
      mime_type: 'image/webp',
      filesize: 9,
      on_show: true,
    }),
    'pending-submissions': ({ mark, veil, vin }) => ({
      year: 2021,
      make: 'Honda',
      model: 'Fit',
      vin,
      customer_name: mark,
      question: mark,
      answer: mark,
      owner_id: veil,
      submission_status: 'pending',
    }),
    appraisals: async ({ mark, figure, parent }) => ({
      submission_id: await parent('pending-submissions', true),
      exterior: 'good',
      interior: 'good',
      mechanical: 'good',
      tires: 'poor',
      tires_note: mark,
      brakes: 'good',
      glass: 'good',
      electronics: 'good',
      test_drive: 'not_checked',
      offer: `${figure}.37`,
      notes: mark,
    }),
    enquiries: async ({ mark, parent }) => ({
      inventory_id: await parent('inventory'),
      car_title: mark,
      name: mark,
      email: `${mark}@x.example`,
      message: mark,
      status: 'new',
    }),
    dealership: ({ mark }) => ({ name: mark }),
    'price-changes': async ({ mark, figure, parent }) => ({
      inventory_id: await parent('inventory'),
      from_price: `${figure}.37`,
      to_price: 24_500,
      reason: 'edit',
      note: mark,
    }),
    'price-batches': ({ mark }) => ({
      summary: mark,
      rule: 'percent',
      value: -5,
      cars: 1,
      note: mark,
    }),
    'market-research-results': async ({ mark, parent }) => ({
      inventory_id: await parent('inventory'),
      data_source: mark,
      comparable_vehicles: json([{ said: mark }]),
    }),
    'market-price-history': async ({ figure, parent }) => ({
      inventory_id: await parent('inventory'),
      our_price: `${figure}.37`,
    }),
    'vin-evaluation-cache': ({ mark, vin }) => ({
      vin,
      source: mark,
      evaluation_data: json({ said: mark }),
    }),
    'market-alert-rules': ({ mark }) => ({
      name: mark,
      alert_type: 'overpriced',
      threshold_percent: 10,
      threshold_days: 60,
      cooldown_hours: 24,
    }),
    'feed-deliveries': ({ mark }) => ({ feed: 'google', state: 'failed', file_name: mark }),
    'feed-overrides': async ({ mark, parent }) => ({
      car_id: await parent('inventory'),
      feed: 'google',
      title: mark,
    }),
    'export-feeds': ({ mark }) => ({ feed: 'google', dealer_id: mark, delivery: 'none' }),
    'market-digests': async ({ parent }) => ({
      user_id: await parent('users'),
      send_hour: 7,
      time_zone: 'America/Chicago',
    }),
    'market-trim-names': ({ mark }) => ({ make: 'Honda', listed_as: mark, trim: mark }),
    'market-alerts': async ({ mark, parent }) => ({
      inventory_id: await parent('inventory'),
      rule_name: mark,
      alert_type: 'overpriced',
      severity: 'warning',
      message: mark,
      dismissed: false,
    }),
    competitors: ({ mark }) => ({ name: mark, inventory_url: `https://x.example/${mark}` }),
    'competitor-inventory': async ({ mark, parent }) => ({
      competitor_id: await parent('competitors'),
      title: mark,
      make: mark,
      raw_data: json({ said: mark }),
    }),
    'competitor-price-history': async ({ figure, parent }) => ({
      competitor_inventory_id: await parent('competitor-inventory'),
      price: `${figure}.37`,
    }),
    'competitor-metrics': async ({ figure, parent }) => ({
      competitor_id: await parent('competitors'),
      avg_price: `${figure}.37`,
    }),
    'email-templates': ({ mark }) => ({
      name: mark,
      subject: mark,
      body: mark,
      template_key: 'document_expired',
      variables: json([mark]),
    }),
    'notification-logs': ({ mark, subject }) => ({
      user_id: subject,
      notification_type: 'email',
      template_key: 'document_expired',
      subject: mark,
      recipient_email: `${mark}@x.example`,
    }),
    'export-logs': ({ mark }) => ({ platform: mark, status: 'success' }),
    'job-history': ({ mark }) => ({
      job_name: mark,
      status: 'success',
      result: json({ said: mark }),
    }),
    'outgoing-mails': ({ mark, veil }) => ({
      recipient: `${mark}@x.example`,
      subject: mark,
      text: veil,
      html: veil,
      status: 'waiting',
      attempts: 0,
      handed_over: 0,
    }),
    'storage-alerts': ({ mark }) => ({
      alert_type: 'storage_limit',
      severity: 'warning',
      message: mark,
      dismissed: false,
    }),
    'activity-logs': ({ mark }) => ({
      action: mark,
      resource_type: 'users',
      changes: json({ said: mark }),
    }),
    'admin-audit-logs': ({ mark }) => ({
      actor_admin_id: mark,
      action: mark,
      context: json({ said: mark }),
    }),
    'backup-schedules': ({ mark }) => ({
      name: mark,
      frequency: 'daily',
      cron_expression: '0 3 * * *',
      retention_count: 7,
    }),
    'backup-settings': ({ mark }) => ({
      setting_key: 'admin_email',
      setting_value: `${mark}@x.example`,
    }),
    'backup-history': ({ mark }) => ({
      filename: mark,
      file_path: mark,
      status: 'completed',
      backup_type: 'manual',
      file_size_bytes: 9,
    }),
    sessions: ({ mark, veil }) => ({
      sid: `sid-${mark}`,
      sess: json({ user: veil }),
      expire: '2099-01-01T00:00:00Z',
    }),
  }

/**
 * A column that no two rows of a table may share, where a row of the proof meets what is there
 * already, which then makes room.
 */
export const ALONE: Readonly<Record<string, string>> = {
  'user-preferences': 'user_id',
  'terms-agreements': 'user_id',
  'market-digests': 'user_id',
  'export-feeds': 'feed',
  'feed-overrides': 'car_id',
  'market-research-results': 'inventory_id',
  'email-templates': 'template_key',
  'backup-settings': 'setting_key',
}

/**
 * The states in which a row is seen by fewer than usual: off the lot, taken back, or in the trash.
 */
export const STATES: Readonly<Record<string, Columns>> = {
  inventory: { status: 'hold' },
  media: { on_show: false },
  'community-stations': { removed_at: NOW },
  vehicles: { deleted_at: NOW },
  documents: { deleted_at: NOW },
}
