/** Crockford's base 32: no letter that is read as a figure or as another letter. */
export const codeSigns = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const length = 12

/** The short code that a person typed, as it is kept: capitals, without spaces and dashes, O read as 0, I and L as 1. Null: it is none. Twelve signs are 60 bits. */
export function shortCodeIn(text: string): string | null {
  const code = text.replace(/[\s\-–—.]+/g, '').toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1')
  return code.length === length && [...code].every((sign) => codeSigns.includes(sign)) ? code : null
}

/** A code of twelve bytes of chance. */
export const codeFrom = (chance: Uint8Array): string => Array.from(chance.subarray(0, length), (byte) => codeSigns[byte % 32]).join('')

/** As it is printed and read aloud: `7K3M-9PWX-0RTD`. */
export const groupedCode = (code: string): string => code.match(/.{4}/g)?.join('-') ?? code
