/** A file or a host of the map cannot be used. Its message is a sentence for the operator and names the variable. */
export class UnusableMap extends Error {}
