import type { Registration } from "../lazy-command.ts";
import { registerExport } from "./export.ts";
import { registerList } from "./list.ts";
import { registerRefresh } from "./refresh.ts";
import { registerShow } from "./show.ts";
import { registerStale } from "./stale.ts";

/** The commands under `w365 catalogue`. */
export const registerCatalogue: Registration = (command, io, done) => {
  registerList(command, io, done);
  registerShow(command, io, done);
  registerExport(command, io, done);
  registerStale(command, io, done);
  registerRefresh(command, io, done);
};
