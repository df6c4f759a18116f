/** What the user gave cannot be used: exit code 2, and the message alone. */
export class InputError extends Error {
  override readonly name = "InputError";
}
