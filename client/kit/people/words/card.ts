import type { Role } from '../../../../shared/roles.ts'
import type { UiLanguage } from '../../words/language.ts'

type CardWords = { exercise: string; roles: Record<Role, string>; scan: string; open: string; once: string; onceUntil: (until: string) => string; type: (address: string) => string; locale: string }

/** A card speaks its person's language, whatever the screen's that prints it; so both are here at once. */
export const cardWords: Record<UiLanguage, CardWords> = {
  en: {
    exercise: 'Exercise',
    roles: { observer: 'Observer', coordinator: 'Coordinator', press: 'Press', lead: 'Lead' },
    scan: 'Open the camera of your phone and point it here.',
    open: 'Point a camera here, or open the link on your computer.',
    once: 'It works once.',
    onceUntil: (until) => `It works once, until ${until}.`,
    type: (address) => `No camera? Open ${address} and type this code.`,
    locale: 'en-GB',
  },
  es: {
    exercise: 'Ejercicio',
    roles: { observer: 'Observación', coordinator: 'Coordinación', press: 'Prensa', lead: 'Dirección' },
    scan: 'Abra la cámara de su teléfono y apunte aquí.',
    open: 'Apunte una cámara aquí, o abra el enlace en su computadora.',
    once: 'Sirve una sola vez.',
    onceUntil: (until) => `Sirve una sola vez, hasta el ${until}.`,
    type: (address) => `¿Sin cámara? Abra ${address} y escriba este código.`,
    locale: 'es-419',
  },
}
