/** A document that is generated, or has generated parts. */
export interface Page {
  /** Path below the repository's root. */
  readonly file: string;
  readonly content: string;
}
