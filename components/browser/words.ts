/** What people read who want to be told in their browser, or not any more. */
const en = {
  title: 'Notices in this browser',
  under:
    'They appear even when no page of ours is open. What a locked screen shows says when, not who or what for.',
  on: 'This browser shows notices.',
  turnOn: 'Turn them on here',
  turnOff: 'Stop them here',
  denied:
    'This browser was told not to show notices from here. To change that, open the site’s settings beside the address, allow notifications, and come back.',
  none: 'This browser cannot show notices. On an iPhone or iPad, add this site to the home screen first.',
  off: 'This installation sends no notices to browsers. Mail and the inbox work as ever.',
  failed: 'The browser could not reach its notice service. Nothing was changed; try again later.',
  noScript: 'Turning them on here takes JavaScript.',
  list: 'Browsers that show notices',
  this: 'This one',
  unknown: 'Unknown browser',
  since: (when: string) => `since ${when}`,
  remove: 'Remove',
}

export type BrowserWords = typeof en

const de: BrowserWords = {
  title: 'Hinweise in diesem Browser',
  under:
    'Sie erscheinen auch, wenn keine Seite von uns offen ist. Auf einem gesperrten Bildschirm steht, wann, nicht wer oder wofür.',
  on: 'Dieser Browser zeigt Hinweise.',
  turnOn: 'Hier einschalten',
  turnOff: 'Hier beenden',
  denied:
    'Diesem Browser wurde verboten, Hinweise von hier zu zeigen. Um das zu ändern, öffnen Sie die Einstellungen der Website neben der Adresse, erlauben Benachrichtigungen und kommen zurück.',
  none: 'Dieser Browser kann keine Hinweise zeigen. Auf einem iPhone oder iPad legen Sie diese Seite zuerst auf den Home-Bildschirm.',
  off: 'Diese Installation schickt keine Hinweise an Browser. Mail und Posteingang arbeiten wie immer.',
  failed:
    'Der Browser konnte seinen Hinweisdienst nicht erreichen. Nichts wurde geändert; versuchen Sie es später noch einmal.',
  noScript: 'Hier einschalten lässt es sich nur mit JavaScript.',
  list: 'Browser, die Hinweise zeigen',
  this: 'Dieser',
  unknown: 'Unbekannter Browser',
  since: (when) => `seit ${when}`,
  remove: 'Entfernen',
}

export const browserWords = { en, de }
