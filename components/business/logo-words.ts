const en = {
  title: 'Logo',
  file: 'Picture',
  hint: 'PNG, JPEG or WebP, a megabyte at most. It is shown small, in a square on white.',
  wrong: 'Choose a PNG, JPEG or WebP picture of a megabyte at most.',
  save: 'Save the logo',
  remove: 'Remove it',
}

const de: typeof en = {
  title: 'Logo',
  file: 'Bild',
  hint: 'PNG, JPEG oder WebP, höchstens ein Megabyte. Es erscheint klein, in einem Quadrat auf Weiß.',
  wrong: 'Wählen Sie ein Bild als PNG, JPEG oder WebP von höchstens einem Megabyte.',
  save: 'Logo speichern',
  remove: 'Entfernen',
}

export const logoWords = { en, de }
