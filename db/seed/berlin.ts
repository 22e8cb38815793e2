import type { DemoBusiness } from './world'

/** Physiotherapy: short appointments close together, a first visit that takes longer, a class in the evening. */
export const berlin: DemoBusiness = {
  name: 'Demo: Physiotherapie am Beispielplatz',
  slug: 'demo-physio',
  timeZone: 'Europe/Berlin',
  currency: 'EUR',
  language: 'de',
  owner: 'owner',
  team: [
    { login: 'admin', role: 'admin' },
    { login: 'provider', role: 'provider' },
    { login: 'manager', role: 'field_manager' },
    { login: 'agent', role: 'agent' },
    { login: 'kits', role: 'kit_keeper' },
    { login: 'client', role: 'client' },
  ],
  services: [
    {
      name: 'Erstbefund',
      description: 'Anamnese, Befund und erste Behandlung. Erfunden für die Demo.',
      durationMinutes: 60,
      stepMinutes: 30,
      bufferAfterMinutes: 10,
      noticeMinutes: 24 * 60,
      amount: 8500,
      currency: 'EUR',
      freeUntilHours: 24,
      lateFeePercent: 50,
    },
    {
      name: 'Krankengymnastik',
      description: 'Einzelbehandlung nach Verordnung. Erfunden für die Demo.',
      durationMinutes: 30,
      stepMinutes: 15,
      bufferAfterMinutes: 5,
      noticeMinutes: 120,
      amount: 3200,
      currency: 'EUR',
      freeUntilHours: 24,
      lateFeePercent: 80,
    },
    {
      name: 'Rückenschule',
      description: 'Kurs mit höchstens acht Personen. Erfunden für die Demo.',
      durationMinutes: 60,
      capacity: 8,
      amount: 1800,
      currency: 'EUR',
      freeUntilHours: 12,
      lateFeePercent: 100,
    },
  ],
  providers: [
    {
      name: 'Petra Probe',
      bio: 'Manuelle Therapie. Diese Person ist erfunden.',
      login: 'provider',
      services: ['Erstbefund', 'Krankengymnastik'],
      weekly: {
        '1': [
          ['08:00', '12:00'],
          ['13:00', '17:00'],
        ],
        '2': [
          ['08:00', '12:00'],
          ['13:00', '17:00'],
        ],
        '3': [['08:00', '12:00']],
        '4': [
          ['08:00', '12:00'],
          ['13:00', '17:00'],
        ],
        '5': [['08:00', '14:00']],
      },
      daysOff: [9],
      bookings: 22,
    },
    {
      name: 'Max Mustermann',
      bio: 'Sportphysiotherapie. Diese Person ist erfunden.',
      services: ['Erstbefund', 'Krankengymnastik'],
      weekly: {
        '1': [['11:00', '19:30']],
        '3': [['11:00', '19:30']],
        '5': [['11:00', '19:30']],
        '6': [['09:00', '13:00']],
      },
      bookings: 16,
    },
    {
      name: 'Kursraum',
      bio: 'Kurse mit Ina Irgendwer. Diese Person ist erfunden.',
      services: ['Rückenschule'],
      weekly: {},
      classes: [
        { service: 'Rückenschule', weekdays: [2, 4], at: '18:00', seats: 8 },
        { service: 'Rückenschule', weekdays: [6], at: '10:00', seats: 5 },
      ],
      bookings: 24,
    },
  ],
}
