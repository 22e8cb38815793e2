// Shows what is pushed to this browser, and opens what it is about. Nothing else happens here.
self.addEventListener('push', (event) => {
  let said = {}
  try {
    said = event.data?.json() ?? {}
  } catch {
    // Not from us, or not whole: that something came is all there is to say.
  }
  const { title = 'SlotWise', body = '', tag, url = '/me/inbox', lang } = said
  event.waitUntil(self.registration.showNotification(title, { body, tag, lang, data: { url } }))
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const url = new URL(event.notification.data?.url ?? '/me/inbox', self.location.origin)
  const to = url.origin === self.location.origin ? url.href : self.location.origin
  event.waitUntil(self.clients.openWindow(to))
})
