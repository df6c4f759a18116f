/** What must be known of a client list in US Government: three rows of addresses are documented, and no names. */
export const clientGap =
  "the list of the user's own machine in US Government is incomplete: addresses for RDP are all that is documented, names are not";

/** The same for standard error. */
export const clientGapNote = `note: ${clientGap}\n`;
