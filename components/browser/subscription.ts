/** This browser's own part: what it may, whether it is subscribed, and how it does it. */
export type Standing = 'unable' | 'denied' | 'off' | 'on'

const able = () => 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window

const digestOf = async (text: string): Promise<string> => {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return encoded(digest)
}

const encoded = (buffer: ArrayBuffer | null): string =>
  btoa(String.fromCharCode(...new Uint8Array(buffer ?? new ArrayBuffer(0))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

const current = async () =>
  (await navigator.serviceWorker.getRegistration('/'))?.pushManager.getSubscription() ?? null

/** How it stands, and which of the account's browsers it is. */
export async function standing(known: readonly string[]): Promise<{ is: Standing; hash: string | null }> {
  if (!able()) return { is: 'unable', hash: null }
  if (Notification.permission === 'denied') return { is: 'denied', hash: null }
  const subscribed = await current()
  const hash = subscribed && (await digestOf(subscribed.endpoint))
  return { is: hash && known.includes(hash) ? 'on' : 'off', hash }
}

/** Asks for leave, subscribes with the installation's key, and tells it. False where leave was not given. */
export async function subscribe(key: string): Promise<boolean> {
  if ((await Notification.requestPermission()) !== 'granted') return false
  const registration = await navigator.serviceWorker.register('/sw.js')
  await navigator.serviceWorker.ready
  const before = await registration.pushManager.getSubscription()
  // One that was made with another key would never be reached.
  if (before && encoded(before.options.applicationServerKey) !== key) await before.unsubscribe()
  const made = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })
  const answer = await fetch('/me/account/messages/browser', {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({
      endpoint: made.endpoint,
      p256dh: encoded(made.getKey('p256dh')),
      auth: encoded(made.getKey('auth')),
    }),
  })
  if (answer.type !== 'opaqueredirect' && !answer.ok) throw new Error('not taken')
  return true
}

export async function unsubscribe(): Promise<void> {
  await (await current())?.unsubscribe()
}
