/** A value of the environment that cannot be used. Its message is a sentence for the operator and names the variable. */
export class WrongConfig extends Error {}
