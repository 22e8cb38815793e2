import { lapseAppointment } from '@/server/booking/appointment/lapse'
import { reaction } from '../define'

export const lapseAppointmentHandler = reaction('lapse-appointment', (event, call) =>
  lapseAppointment.execute({ id: event.aggregateId }, call),
)
