/** How and where a command reports. */
export interface ReportOptions {
  readonly format: "text" | "json";
  readonly out?: string;
}
