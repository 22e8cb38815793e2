import type { DemoBusiness } from './world'

/** A workshop a quarter of an hour away from everybody else's clock, open on Sundays and closed on Saturdays. */
export const kathmandu: DemoBusiness = {
  name: 'Demo: Yak & Pedal Bike Workshop',
  slug: 'demo-bikes',
  timeZone: 'Asia/Kathmandu',
  currency: 'NPR',
  language: 'en',
  owner: 'owner.bikes',
  team: [
    { login: 'manager', role: 'field_manager' },
    { login: 'agent', role: 'agent' },
  ],
  services: [
    {
      name: 'Full service',
      description: 'Everything that turns, squeaks or stops. Invented for the demo.',
      durationMinutes: 120,
      stepMinutes: 60,
      bufferAfterMinutes: 15,
      noticeMinutes: 12 * 60,
      windowDays: 60,
      amount: 350_000,
      currency: 'NPR',
      freeUntilHours: 12,
      lateFeePercent: 25,
    },
    {
      name: 'Punctures and brakes',
      description: 'While you wait. Invented for the demo.',
      durationMinutes: 30,
      stepMinutes: 30,
      amount: 80_000,
      currency: 'NPR',
    },
    {
      name: 'Mend it yourself',
      description: 'Five stands, one teacher. Invented for the demo.',
      durationMinutes: 120,
      capacity: 5,
      amount: 60_000,
      currency: 'NPR',
    },
  ],
  providers: [
    {
      name: 'Tashi Testworth',
      bio: 'Wheels and frames. Not a real person.',
      services: ['Full service', 'Punctures and brakes'],
      weekly: {
        '7': [['10:00', '17:00']],
        '1': [['10:00', '17:00']],
        '2': [['10:00', '17:00']],
        '3': [['10:00', '17:00']],
        '4': [['10:00', '17:00']],
        '5': [['10:00', '13:00']],
      },
      bookings: 16,
    },
    {
      name: 'Bina Bogus',
      bio: 'Brakes and gears. Not a real person.',
      services: ['Punctures and brakes', 'Mend it yourself'],
      weekly: { '7': [['13:00', '18:00']], '2': [['13:00', '18:00']], '4': [['13:00', '18:00']] },
      classes: [{ service: 'Mend it yourself', weekdays: [5], at: '15:00', seats: 5 }],
      daysOff: [11],
      bookings: 16,
    },
  ],
}
