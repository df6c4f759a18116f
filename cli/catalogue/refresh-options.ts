/** Where `w365 catalogue refresh` reads and writes. */
export interface RefreshOptions {
  /** File or URL; the same for the next two. Without any of the three, all are read from the Internet. */
  readonly microsoft365?: string;
  readonly serviceTags?: string;
  readonly roles?: string;
  /** Day of what the files hold. */
  readonly asOf?: string;
  readonly dryRun?: true;
  /** Folder of the data files. */
  readonly directory: string;
}
