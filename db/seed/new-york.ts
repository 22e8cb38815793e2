import type { DemoBusiness } from './world'

/** Languages: private lessons, a free trial, classes that fill up, and a club that starts when somebody comes. */
export const newYork: DemoBusiness = {
  name: 'Demo: Parrot School of Languages',
  slug: 'demo-languages',
  timeZone: 'America/New_York',
  currency: 'USD',
  language: 'en',
  owner: 'owner.school',
  team: [
    { login: 'admin', role: 'admin' },
    { login: 'client', role: 'client' },
  ],
  services: [
    {
      name: 'Private lesson',
      description: 'Any language we made up. Invented for the demo.',
      durationMinutes: 50,
      stepMinutes: 30,
      bufferAfterMinutes: 10,
      noticeMinutes: 180,
      amount: 6500,
      currency: 'USD',
      freeUntilHours: 24,
      lateFeePercent: 100,
    },
    {
      name: 'Trial lesson',
      description: 'Meet a teacher. Invented for the demo.',
      durationMinutes: 30,
      stepMinutes: 30,
      windowDays: 21,
      amount: 0,
      currency: 'USD',
    },
    {
      name: 'Conversation club',
      description: 'Up to six people around a table, whenever the first one books. Invented for the demo.',
      durationMinutes: 60,
      stepMinutes: 60,
      capacity: 6,
      amount: 1500,
      currency: 'USD',
      freeUntilHours: 6,
      lateFeePercent: 50,
    },
    {
      name: 'Evening class',
      description: 'Ten seats, twice a week. Invented for the demo.',
      durationMinutes: 90,
      capacity: 10,
      amount: 2800,
      currency: 'USD',
      freeUntilHours: 48,
      lateFeePercent: 100,
    },
  ],
  providers: [
    {
      name: 'Victor Vowel',
      bio: 'Teaches the open ones. Not a real person.',
      services: ['Private lesson', 'Trial lesson'],
      weekly: {
        '1': [['12:00', '20:00']],
        '2': [['12:00', '20:00']],
        '3': [['12:00', '20:00']],
        '4': [['12:00', '20:00']],
      },
      bookings: 18,
    },
    {
      name: 'Sylvie Syllable',
      bio: 'Teaches one at a time. Not a real person.',
      services: ['Private lesson', 'Conversation club'],
      weekly: {
        '2': [
          ['09:00', '13:00'],
          ['14:00', '17:00'],
        ],
        '4': [
          ['09:00', '13:00'],
          ['14:00', '17:00'],
        ],
        '6': [['10:00', '15:00']],
      },
      daysOff: [4, 18],
      bookings: 16,
    },
    {
      name: 'Classroom 2',
      bio: 'Classes with Polly Parrot. Not a real person.',
      services: ['Evening class'],
      weekly: {},
      classes: [{ service: 'Evening class', weekdays: [1, 3], at: '18:30', seats: 10 }],
      bookings: 26,
    },
  ],
}
