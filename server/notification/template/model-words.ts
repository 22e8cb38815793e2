import type { Language } from './model'

/** Everything our mails say, side by side in every language. */
const en = {
  hello: (name: string) => `Hello ${name},`,
  requested: {
    subject: (service: string, when: string) => `Asked for: ${service}, ${when}`,
    heading: 'We have your request',
    headingMoved: 'Your request has another time',
    words: (business: string) =>
      `${business} keeps the time for you and answers soon. You get another mail as soon as it is decided.`,
  },
  declined: {
    subject: (service: string, when: string) => `Declined: ${service}, ${when}`,
    heading: 'It does not work at this time',
    by: {
      business: (business: string) => `${business} cannot take this booking. Nothing is owed.`,
      system: (business: string) =>
        `${business} did not answer in time, so the booking was not taken. Nothing is owed.`,
    },
  },
  reminder: {
    subject: (service: string, when: string) => `Reminder: ${service}, ${when}`,
    heading: 'See you soon',
    words: (business: string) => `${business} expects you. If you cannot come, say so below.`,
  },
  confirmed: {
    subject: (service: string, when: string) => `Confirmed: ${service}, ${when}`,
    heading: 'Your booking is confirmed',
    words: (business: string) =>
      `${business} expects you. The details are below, and in the calendar file attached.`,
  },
  cancelled: {
    subject: (service: string, when: string) => `Cancelled: ${service}, ${when}`,
    heading: 'Your booking is cancelled',
    by: {
      client: (_business: string) => 'You cancelled this booking. The time is free again.',
      business: (business: string) => `${business} had to cancel this booking. We are sorry.`,
      system: (business: string) =>
        `This booking with ${business} was cancelled because the time is no longer offered. We are sorry.`,
    },
    reason: 'Reason',
    fee: (fee: string) => `By the terms of the booking, cancelling costs ${fee}.`,
    free: 'Cancelling costs you nothing.',
    again: 'Choose another time',
  },
  rescheduled: {
    subject: (service: string, when: string) => `Moved: ${service}, now ${when}`,
    heading: 'Your booking has a new time',
    words: (business: string) =>
      `The time of your booking with ${business} was changed. The new time counts.`,
    elsewhere: (place: string) => `It is somewhere else now: ${place}.`,
    headingPlace: 'Your booking is somewhere else',
  },
  waitlist: {
    joined: {
      subject: (service: string) => `On the waiting list: ${service}`,
      heading: 'You are on the waiting list',
      words: (business: string) =>
        `As soon as a time comes free at ${business} that suits you, we keep it for you and write to you.`,
      button: 'See the waiting list, or leave it',
    },
    offered: {
      subject: (service: string, when: string) => `A place is free: ${service}, ${when}`,
      heading: 'A place is free for you',
      words: (business: string, until: string) =>
        `${business} keeps it for you until ${until}. After that it goes to whoever is next.`,
      button: 'Take it',
    },
    lapsed: {
      subject: (service: string) => `The place was given on: ${service}`,
      heading: 'The place went to the next',
      words: (business: string) =>
        `We did not hear from you in time. You can join the waiting list of ${business} again.`,
      button: 'See other times',
    },
    why: (business: string) =>
      `You get this mail because somebody joined the waiting list of ${business} with this address.`,
  },
  facts: {
    was: 'Before',
    when: 'When',
    yours: 'Your time',
    service: 'Service',
    provider: 'With',
    price: 'Price',
    where: 'Where',
  },
  online: 'Online',
  join: 'Join the meeting',
  gettingIn: (access: string) => `How to get in: ${access}`,
  linkFollows: (business: string) => `${business} tells you how to join before it begins.`,
  manage: 'See, move or cancel the booking',
  follow: (business: string) => `All your appointments with ${business}, for your calendar program to follow`,
  policy: {
    free: 'Cancelling is free.',
    fee: (hours: number, percent: string, price: string) =>
      `Cancelling is free until ${hours === 0 ? 'it begins' : `${hours} ${hours === 1 ? 'hour' : 'hours'} before it begins`}; after that it costs ${percent} of ${price}.`,
  },
  whyBooking: (business: string) =>
    `You get this mail because an appointment with ${business} was booked with this address.`,
  verify: {
    subject: 'Confirm your address',
    heading: 'Is this your address?',
    words: 'Confirm it, so that nobody else can use it in your name.',
    button: 'Confirm address',
    why: 'You get this mail because somebody gave this address to us. If it was not you, do nothing.',
  },
  magic: {
    subject: 'Your link to sign in',
    heading: 'Sign in',
    words: 'The button signs you in. It works once.',
    button: 'Sign in',
    why: 'You get this mail because somebody asked for a link to sign in with this address. If it was not you, do nothing: without the link nobody gets in.',
  },
  reset: {
    subject: 'Choose a new password',
    heading: 'A new password',
    words: 'The button lets you choose one. Your old password works until you do.',
    button: 'Choose a new password',
    why: 'You get this mail because somebody asked for a new password for this address. If it was not you, do nothing: nothing has changed.',
  },
  passwordChanged: {
    subject: 'Your password was changed',
    heading: 'A new password',
    words: 'Your account has a new password, and every other session has ended.',
    button: 'It was not me',
    why: 'You get this mail because the password of your account was changed. If you did it, nothing is left to do.',
  },
  addressChanged: {
    subject: 'Your address was changed',
    heading: 'Another address',
    words:
      'Your account has another address now. Our mails go there, and this one does not open it any more.',
    button: 'See your account',
    why: 'You get this mail because this was the address of your account. If you did not change it, answer this mail.',
  },
  invitation: {
    subject: (by: string, business: string) => `${by} invites you to ${business}`,
    heading: (business: string) => `Join ${business}`,
    words: (by: string, business: string, role: string) =>
      `${by} would like you to join ${business} as ${role}.`,
    button: 'Accept the invitation',
    why: (by: string) =>
      `You get this mail because ${by} gave us this address to invite you. If you do not know them, do nothing.`,
  },
  welcome: {
    subject: 'Welcome to SlotWise',
    heading: 'Welcome',
    words:
      'Your account is ready. In two minutes you have a page to share, where people book your free times.',
    button: 'Go on',
    why: 'You get this mail because you signed up with this address.',
  },
  minutes: (minutes: number) =>
    minutes % 1440 === 0 && minutes > 1440
      ? `The link works for ${minutes / 1440} days.`
      : minutes % 60 === 0 && minutes >= 60
        ? `The link works for ${minutes / 60} ${minutes === 60 ? 'hour' : 'hours'}.`
        : `The link works for ${minutes} minutes.`,
  roles: {
    owner: 'owner',
    admin: 'admin',
    provider: 'provider',
    field_manager: 'field manager',
    agent: 'agent',
    kit_keeper: 'kit keeper',
    client: 'client',
  } as Record<string, string>,
  choices: 'Choose which messages you get',
  link: 'If the button does not work, open this address:',
}

const de: typeof en = {
  hello: (name) => `Hallo ${name},`,
  requested: {
    subject: (service, when) => `Angefragt: ${service}, ${when}`,
    heading: 'Ihre Anfrage ist da',
    headingMoved: 'Ihre Anfrage hat eine andere Zeit',
    words: (business) =>
      `${business} hält Ihnen die Zeit frei und antwortet bald. Sobald entschieden ist, erhalten Sie eine weitere Mail.`,
  },
  declined: {
    subject: (service, when) => `Abgelehnt: ${service}, ${when}`,
    heading: 'Zu dieser Zeit geht es nicht',
    by: {
      business: (business) => `${business} kann diese Buchung nicht annehmen. Kosten entstehen keine.`,
      system: (business) =>
        `${business} hat nicht rechtzeitig geantwortet, deshalb wurde die Buchung nicht angenommen. Kosten entstehen keine.`,
    },
  },
  reminder: {
    subject: (service, when) => `Erinnerung: ${service}, ${when}`,
    heading: 'Bis bald',
    words: (business) => `${business} erwartet Sie. Falls Sie nicht kommen können, sagen Sie unten ab.`,
  },
  confirmed: {
    subject: (service, when) => `Bestätigt: ${service}, ${when}`,
    heading: 'Ihre Buchung ist bestätigt',
    words: (business) =>
      `${business} erwartet Sie. Alles Weitere steht unten und in der angehängten Kalenderdatei.`,
  },
  cancelled: {
    subject: (service, when) => `Abgesagt: ${service}, ${when}`,
    heading: 'Ihre Buchung ist abgesagt',
    by: {
      client: () => 'Sie haben diese Buchung abgesagt. Die Zeit ist wieder frei.',
      business: (business) => `${business} musste diese Buchung absagen. Das tut uns leid.`,
      system: (business) =>
        `Diese Buchung bei ${business} wurde abgesagt, weil die Zeit nicht mehr angeboten wird. Das tut uns leid.`,
    },
    reason: 'Grund',
    fee: (fee) => `Nach den Bedingungen der Buchung kostet die Absage ${fee}.`,
    free: 'Die Absage kostet Sie nichts.',
    again: 'Andere Zeit wählen',
  },
  rescheduled: {
    subject: (service, when) => `Verlegt: ${service}, jetzt ${when}`,
    heading: 'Ihre Buchung hat eine neue Zeit',
    words: (business) => `Die Zeit Ihrer Buchung bei ${business} wurde geändert. Es gilt die neue Zeit.`,
    elsewhere: (place) => `Sie findet jetzt anderswo statt: ${place}.`,
    headingPlace: 'Ihre Buchung ist an einem anderen Ort',
  },
  waitlist: {
    joined: {
      subject: (service) => `Auf der Warteliste: ${service}`,
      heading: 'Sie stehen auf der Warteliste',
      words: (business) =>
        `Sobald bei ${business} eine passende Zeit frei wird, halten wir sie für Sie und schreiben Ihnen.`,
      button: 'Warteliste ansehen oder verlassen',
    },
    offered: {
      subject: (service, when) => `Ein Platz ist frei: ${service}, ${when}`,
      heading: 'Ein Platz ist für Sie frei',
      words: (business, until) =>
        `${business} hält ihn bis ${until} für Sie. Danach bekommt ihn, wer als Nächstes wartet.`,
      button: 'Platz nehmen',
    },
    lapsed: {
      subject: (service) => `Der Platz ist weitergegeben: ${service}`,
      heading: 'Der Platz ging an die Nächsten',
      words: (business) =>
        `Wir haben nicht rechtzeitig von Ihnen gehört. Sie können sich wieder auf die Warteliste von ${business} setzen.`,
      button: 'Andere Zeiten ansehen',
    },
    why: (business) =>
      `Sie erhalten diese Mail, weil sich jemand mit dieser Adresse auf die Warteliste von ${business} gesetzt hat.`,
  },
  facts: {
    was: 'Bisher',
    when: 'Wann',
    yours: 'Ihre Zeit',
    service: 'Leistung',
    provider: 'Bei',
    price: 'Preis',
    where: 'Wo',
  },
  online: 'Online',
  join: 'Am Treffen teilnehmen',
  gettingIn: (access) => `Wie Sie hineinkommen: ${access}`,
  linkFollows: (business) => `${business} sagt Ihnen vor Beginn, wie Sie teilnehmen.`,
  manage: 'Buchung ansehen, verlegen oder absagen',
  follow: (business) => `Alle Ihre Termine bei ${business}, als Abo für Ihren Kalender`,
  policy: {
    free: 'Absagen ist kostenlos.',
    fee: (hours, percent, price) =>
      `Absagen ist bis ${hours === 0 ? 'zum Beginn' : `${hours} ${hours === 1 ? 'Stunde' : 'Stunden'} vor Beginn`} kostenlos, danach kostet es ${percent} von ${price}.`,
  },
  whyBooking: (business) =>
    `Sie erhalten diese Mail, weil mit dieser Adresse ein Termin bei ${business} gebucht wurde.`,
  verify: {
    subject: 'Bestätigen Sie Ihre Adresse',
    heading: 'Ist das Ihre Adresse?',
    words: 'Bestätigen Sie sie, damit niemand sonst sie in Ihrem Namen verwendet.',
    button: 'Adresse bestätigen',
    why: 'Sie erhalten diese Mail, weil jemand uns diese Adresse angegeben hat. Waren Sie es nicht, tun Sie nichts.',
  },
  magic: {
    subject: 'Ihr Link zum Anmelden',
    heading: 'Anmelden',
    words: 'Der Knopf meldet Sie an. Er funktioniert einmal.',
    button: 'Anmelden',
    why: 'Sie erhalten diese Mail, weil jemand mit dieser Adresse einen Link zum Anmelden angefordert hat. Waren Sie es nicht, tun Sie nichts: Ohne den Link kommt niemand hinein.',
  },
  reset: {
    subject: 'Wählen Sie ein neues Passwort',
    heading: 'Ein neues Passwort',
    words: 'Mit dem Knopf wählen Sie eines. Bis dahin gilt Ihr altes.',
    button: 'Neues Passwort wählen',
    why: 'Sie erhalten diese Mail, weil jemand für diese Adresse ein neues Passwort angefordert hat. Waren Sie es nicht, tun Sie nichts: Nichts hat sich geändert.',
  },
  passwordChanged: {
    subject: 'Ihr Passwort wurde geändert',
    heading: 'Ein neues Passwort',
    words: 'Ihr Konto hat ein neues Passwort, alle anderen Anmeldungen sind beendet.',
    button: 'Ich war es nicht',
    why: 'Sie erhalten diese Mail, weil das Passwort Ihres Kontos geändert wurde. Waren Sie es selbst, ist nichts weiter zu tun.',
  },
  addressChanged: {
    subject: 'Ihre Adresse wurde geändert',
    heading: 'Eine andere Adresse',
    words:
      'Ihr Konto hat jetzt eine andere Adresse. Unsere Mails gehen dorthin, mit dieser hier kommt man nicht mehr hinein.',
    button: 'Konto ansehen',
    why: 'Sie erhalten diese Mail, weil dies die Adresse Ihres Kontos war. Haben Sie sie nicht geändert, antworten Sie auf diese Mail.',
  },
  invitation: {
    subject: (by, business) => `${by} lädt Sie zu ${business} ein`,
    heading: (business) => `Kommen Sie zu ${business}`,
    words: (by, business, role) => `${by} möchte Sie bei ${business} dabeihaben, Ihre Rolle: ${role}.`,
    button: 'Einladung annehmen',
    why: (by) =>
      `Sie erhalten diese Mail, weil ${by} uns diese Adresse gegeben hat, um Sie einzuladen. Ist Ihnen das fremd, tun Sie nichts.`,
  },
  welcome: {
    subject: 'Willkommen bei SlotWise',
    heading: 'Willkommen',
    words:
      'Ihr Konto ist bereit. In zwei Minuten haben Sie eine Seite zum Teilen, auf der man Ihre freien Zeiten bucht.',
    button: 'Weiter',
    why: 'Sie erhalten diese Mail, weil Sie sich mit dieser Adresse angemeldet haben.',
  },
  minutes: (minutes) =>
    minutes % 1440 === 0 && minutes > 1440
      ? `Der Link gilt ${minutes / 1440} Tage.`
      : minutes % 60 === 0 && minutes >= 60
        ? `Der Link gilt ${minutes / 60} ${minutes === 60 ? 'Stunde' : 'Stunden'}.`
        : `Der Link gilt ${minutes} Minuten.`,
  roles: {
    owner: 'Inhaber',
    admin: 'Verwaltung',
    provider: 'Anbieter',
    field_manager: 'Einsatzleitung',
    agent: 'Einsatzkraft',
    kit_keeper: 'Materialverwaltung',
    client: 'Kunde',
  },
  choices: 'Wählen, welche Nachrichten Sie bekommen',
  link: 'Falls der Knopf nicht funktioniert, öffnen Sie diese Adresse:',
}

export const wordsIn: Record<Language, typeof en> = { en, de }
