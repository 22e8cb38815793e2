import { readTerms } from '@/server/booking/appointment/model-terms'
import { shownPrice } from '@/server/business/service/model-price'
import type { RefusalData } from '@/server/core/errors'
import type { Code, Words } from './words'

const at = (value: unknown) =>
  typeof value === 'string' ? value : 'einem Zeitpunkt, der in der Antwort genannt ist'

const termsNow = ({ terms }: RefusalData): string => {
  const now = readTerms(terms)
  if (!now) return 'Es gilt nicht mehr, was Ihnen gezeigt wurde.'
  const price = shownPrice(now.amount, now.currency, 'de')
  return `Es kostet jetzt ${price}; wird später als ${now.freeUntilHours === 1 ? 'eine Stunde' : `${now.freeUntilHours} Stunden`} vorher abgesagt, sind davon ${now.lateFeePercent} % fällig.`
}

/** Every refusal in German. */
export const german: Record<Code, Words> = {
  malformed: {
    title: 'Die Angaben passen so nicht',
    detail: () => 'Berichtigen Sie die unter errors genannten Felder und senden Sie es noch einmal.',
  },
  unauthenticated: {
    title: 'Melden Sie sich zuerst an',
    detail: () =>
      'Dafür braucht es eine Anmeldung oder das Kennzeichen aus dem Link, den Sie bekommen haben.',
  },
  forbidden: {
    title: 'Nicht mit dieser Rolle',
    detail: () => 'Bitten Sie jemanden, der den Betrieb führt, es zu tun oder Ihnen die Rolle zu geben.',
  },
  not_found: {
    title: 'Nicht gefunden',
    detail: () => 'Das gibt es nicht, oder es ist nicht für Sie bestimmt. Prüfen Sie die Adresse.',
  },
  method: {
    title: 'Nicht auf diesem Weg',
    detail: () => 'Diese Adresse nimmt die Methode nicht an. Siehe /api/openapi.json.',
  },
  media_type: {
    title: 'Nicht in diesem Format',
    detail: () => 'Senden Sie den Inhalt als application/json.',
  },
  too_large: { title: 'Zu groß', detail: () => 'Senden Sie weniger auf einmal.' },
  rate_limited: {
    title: 'Zu viele Anfragen',
    detail: (d) => `Versuchen Sie es in ${d.retryAfter ?? 60} Sekunden noch einmal.`,
  },
  unavailable: {
    title: 'Gerade nicht erreichbar',
    detail: () =>
      'Versuchen Sie es gleich noch einmal. Eine Änderung, die unterwegs war, kann angekommen sein: Sehen Sie nach, oder wiederholen Sie sie mit demselben Idempotency-Key.',
  },
  busy: {
    title: 'Zu viel los',
    detail: () =>
      'Viele wollen gerade dasselbe. Es wurde nichts geändert, versuchen Sie es gleich noch einmal.',
  },
  internal: {
    title: 'Da ist etwas schiefgegangen',
    detail: () =>
      'Es wurde festgehalten. Versuchen Sie es noch einmal; bleibt es dabei, nennen Sie uns die Vorgangsnummer.',
  },
  origin: {
    title: 'Nicht von dort',
    detail: () => 'Änderungen werden nur von dieser Seite selbst angenommen.',
  },
  wrong_state: {
    title: 'In diesem Zustand nicht',
    detail: () =>
      'So, wie es jetzt steht, ist das nicht möglich. Laden Sie die Seite neu und sehen Sie nach.',
  },
  wrong_credentials: {
    title: 'Diese beiden gehören nicht zusammen',
    detail: () => 'Prüfen Sie Adresse und Passwort. Was von beiden falsch ist, sagen wir nicht.',
  },
  wrong_password: {
    title: 'Nicht Ihr Passwort',
    detail: () => 'Geben Sie das Passwort an, mit dem Sie sich jetzt anmelden.',
  },
  no_password: {
    title: 'Noch kein Passwort',
    detail: () => 'Sie melden sich ohne eines an. Es gibt keines, das sich ändern ließe.',
  },
  link_used: {
    title: 'Dieser Link gilt nicht mehr',
    detail: () => 'Er wurde benutzt oder ist abgelaufen. Fordern Sie einen neuen an.',
  },
  account_has_address: {
    title: 'Diese Adresse hat schon ein Konto',
    detail: () => 'Melden Sie sich dort an, oder nehmen Sie eine andere Adresse.',
  },
  passkey_failed: {
    title: 'Es wurde kein Passkey benutzt',
    detail: () => 'Versuchen Sie es noch einmal, oder melden Sie sich anders an.',
  },
  too_many_passkeys: {
    title: 'Zu viele Passkeys',
    detail: () => 'Entfernen Sie einen, den Sie nicht benutzen.',
  },
  sign_in_again: {
    title: 'Melden Sie sich zuerst noch einmal an',
    detail: () =>
      'Ihre Anmeldung ist älter als einen Tag. Hierfür möchten wir sicher sein, dass Sie es sind.',
  },
  invitation_over: {
    title: 'Diese Einladung gilt nicht mehr',
    detail: () => 'Sie wurde beantwortet, zurückgezogen oder ist abgelaufen. Bitten Sie um eine neue.',
  },
  already_invited: {
    title: 'Schon eingeladen',
    detail: () => 'Die Mail mit dem Link ist angekommen, und der Link gilt noch.',
  },
  too_many_invitations: {
    title: 'Zu viele offene Einladungen',
    detail: () => 'Ziehen Sie eine zurück, oder warten Sie auf Antworten.',
  },
  no_such_account: {
    title: 'Niemand mit dieser Adresse',
    detail: () => 'Zuerst legt die Person ein Konto an, dann wiederholen Sie das.',
  },
  already_exists: { title: 'Das gibt es schon', detail: () => 'Ändern Sie stattdessen das vorhandene.' },
  idempotency_key_reused: {
    title: 'Schon abgeschickt, und zwar anders',
    detail: () =>
      'Was zuerst abgeschickt wurde, ist geschehen, hiervon nichts. Sehen Sie es an und schicken Sie dies dann noch einmal; von Programmen bekommt eine neue Anfrage einen neuen Idempotency-Key, eine wiederholte ihren eigenen und denselben Inhalt.',
  },
  slot_taken: {
    title: 'Jemand war schneller',
    detail: () => 'Diese Zeit ist vergeben. Wählen Sie eine der anderen, die genannt sind.',
  },
  busy_elsewhere: {
    title: 'Anderswo belegt',
    detail: () =>
      'Ein anderer Kalender sagt, dass dann keine Zeit ist. Buchen Sie trotzdem, oder wählen Sie eine andere Zeit.',
  },
  already_connected: {
    title: 'Schon verbunden',
    detail: () => 'Dieser Kalender zählt bei diesem Anbieter bereits.',
  },
  too_many_calendars: {
    title: 'Genug Kalender',
    detail: () => 'Trennen Sie zuerst einen, der nicht mehr gebraucht wird.',
  },
  just_read: {
    title: 'Gerade erst gelesen',
    detail: () => 'Versuchen Sie es in einer halben Minute noch einmal.',
  },
  slot_conflict: {
    title: 'Das überschneidet sich',
    detail: () =>
      'Zu dieser Zeit ist nicht frei. Womit es sich überschneidet, ist genannt; wählen Sie eine andere Zeit, oder machen Sie diese frei.',
  },
  push_address: {
    title: 'Kein Push-Dienst',
    detail: () => 'Browser werden per https erreicht, über einen Dienst im offenen Internet.',
  },
  outside_hours: {
    title: 'Außerhalb der Zeiten',
    detail: () => 'Dann wird nicht gearbeitet. Fragen Sie nach den freien Zeiten.',
  },
  place_not_found: {
    title: 'Diesen Ort gibt es nicht',
    detail: () => 'Es ist kein Ort dieses Betriebs, oder keiner mehr.',
  },
  place_in_use: {
    title: 'Zeiten oder Kurse nennen ihn',
    detail: ({ providers }) =>
      `Wählen Sie dort zuerst einen anderen Ort: ${Array.isArray(providers) ? providers.join(', ') : ''}.`,
  },
  other_place: {
    title: 'Das gibt es dort nicht',
    detail: () => 'Zu dieser Zeit findet es dort nicht statt. Fragen Sie nach den freien Zeiten.',
  },
  off_grid: {
    title: 'Diese Zeit wird nicht angeboten',
    detail: () => 'Termine beginnen in festen Schritten. Fragen Sie nach den freien Zeiten.',
  },
  in_the_past: {
    title: 'Diese Zeit ist vorbei',
    detail: () => 'Wählen Sie eine Zeit, die noch kommt.',
  },
  too_soon: {
    title: 'Zu kurzfristig',
    detail: (d) => `Es braucht Vorlauf: Buchen lässt sich erst nach ${at(d.limit)}.`,
  },
  too_far: {
    title: 'Zu weit voraus',
    detail: (d) => `Buchen lässt sich bis ${at(d.limit)}.`,
  },
  not_offered: {
    title: 'Wird nicht mehr angeboten',
    detail: () => 'Wählen Sie eine andere Leistung oder jemand anderen.',
  },
  too_many_holds: {
    title: 'Zu viele Zeiten reserviert',
    detail: (d) =>
      `Für Sie sind ${d.limit ?? 'mehrere'} Zeiten reserviert. Buchen Sie zuerst eine, oder geben Sie eine frei.`,
  },
  held_too_often: {
    title: 'Zu oft reserviert, ohne zu buchen',
    detail: (d) =>
      `Diese Zeit wurde mehrmals reserviert und nicht gebucht. Buchen Sie sie jetzt ohne Reservierung, wählen Sie eine andere, oder reservieren Sie sie in ${d.minutes ?? 60} Minuten wieder.`,
  },
  hold_expired: {
    title: 'Die Reservierung ist abgelaufen',
    detail: () => 'Die Zeit wurde zurückgegeben. Wählen Sie sie noch einmal, wenn sie noch frei ist.',
  },
  terms_changed: {
    title: 'Preis oder Bedingungen haben sich geändert',
    detail: (d) =>
      `${termsNow(d)} Es wurde nichts gebucht: Sehen Sie es an und senden Sie es noch einmal, wenn es Ihnen passt.`,
  },
  some_taken: {
    title: 'Nicht alle Zeiten sind frei',
    detail: () =>
      'Es wurde nichts gebucht. Wählen Sie für die unter conflicts genannten andere, oder lassen Sie sie weg.',
  },
  too_many_waiting: {
    title: 'Genug gewartet',
    detail: (d) => `Sie warten schon auf ${d.limit} Zeiten. Verlassen Sie zuerst eine dieser Listen.`,
  },
  too_late_to_undo: {
    title: 'Zu spät zum Rückgängigmachen',
    detail: () => 'Es gilt, und wen es betrifft, der weiß es schon. Ändern Sie es stattdessen neu.',
  },
  not_begun: {
    title: 'Es hat noch nicht begonnen',
    detail: () => 'Ob jemand da war, lässt sich sagen, sobald der Termin begonnen hat.',
  },
  already_begun: {
    title: 'Es hat begonnen',
    detail: () => 'Ein Termin, der begonnen hat, lässt sich über den Link nicht mehr absagen. Rufen Sie an.',
  },
  began_lately: {
    title: 'Er hat begonnen',
    detail: () => 'Diese Zeit hat begonnen. Mit `override` wird sie trotzdem eingetragen.',
  },
  too_late_to_move: {
    title: 'Zu spät zum Verschieben',
    detail: (d) => `Nach den Bedingungen ging das bis ${at(d.limit)}.`,
  },
  move_not_offered: {
    title: 'Zu anderen Zeiten nicht mehr im Angebot',
    detail: () => 'Ihre Buchung bleibt, wie sie ist. Rufen Sie an, um sie zu verlegen.',
  },
  address_taken: {
    title: 'Diese Adresse ist vergeben',
    detail: () => 'Wählen Sie eine andere Adresse für die Seite.',
  },
  last_owner: {
    title: 'Die letzte Inhaberin oder der letzte Inhaber',
    detail: () => 'Geben Sie die Rolle zuerst auch jemand anderem.',
  },
  service_not_found: {
    title: 'Diese Leistung gibt es nicht',
    detail: () => 'Nennen Sie Leistungen dieses Betriebs.',
  },
  service_needed: {
    title: 'Welche Leistung?',
    detail: () => 'Hier gibt es mehrere. Nennen Sie eine mit serviceId.',
  },
  not_written: {
    title: 'Keine angelegte Zeit',
    detail: () =>
      'Sie ergibt sich aus Arbeitszeiten und Leistung. Ändern Sie diese, oder verlegen Sie die Buchungen.',
  },
  breaks_bookings: {
    title: 'Buchungen würden nicht mehr passen',
    detail: (d) =>
      `Buchungen, die nicht mehr passen würden: ${d.bookings ?? 'mehrere'}. Sehen Sie die Vorschau an und bestätigen Sie sie; gebucht bleiben sie.`,
  },
  preview_changed: {
    title: 'Die Vorschau stimmt nicht mehr',
    detail: () =>
      'Inzwischen hat sich etwas geändert. Sehen Sie die Vorschau noch einmal an und bestätigen Sie dann.',
  },
  seats_taken: {
    title: 'So viele Plätze sind schon vergeben',
    detail: (d) => `Gebucht sind ${d.taken ?? 'mehr'} Plätze. Weniger kann es nicht geben.`,
  },
  merged_away: {
    title: 'Schon zusammengeführt',
    detail: () =>
      'Dieser Eintrag gehört jetzt zu einem anderen. Ändern Sie jenen, oder trennen Sie die beiden zuerst.',
  },
  same_person: {
    title: 'Zweimal derselbe Eintrag',
    detail: () => 'Wählen Sie zwei verschiedene Einträge, um sie zusammenzuführen.',
  },
  empty_list: {
    title: 'Die Liste ist leer',
    detail: () => 'Es ist keine Zeile mit Angaben darin. Wählen Sie eine andere Datei.',
  },
  list_too_long: {
    title: 'Die Liste ist zu lang',
    detail: (d) => `Mehr als ${d.limit ?? 'so viele'} Zeilen gehen nicht auf einmal. Teilen Sie die Datei.`,
  },
  name_column_needed: {
    title: 'Welche Spalte ist der Name?',
    detail: () => 'Wählen Sie eine Spalte für den Namen.',
  },
  conflict: {
    title: 'Etwas anderes hat es geändert',
    detail: () => 'Es ist nicht mehr so, wie Sie es gesehen haben. Sehen Sie nach und entscheiden Sie dann.',
  },
  past_retention: {
    title: 'Zu lange her',
    detail: () => 'Was damals geschah, wird nicht mehr aufbewahrt.',
  },
  event_type_unknown: {
    title: 'Diese Art von Ereignis gibt es nicht',
    detail: () => 'Die bekannten stehen unter /api/events/schemas.',
  },
}
