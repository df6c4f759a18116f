import type { DiffResponse } from "@pulumi/pulumi/proto/provider_pb.js";
import { messages } from "./protobuf.ts";
import type { PropertyChange } from "./resource-type.ts";

/** The answer to a diff. A replacement is made before the old resource goes, which is how a connection that is in use stays whole. */
export function diffResponse(changes: readonly PropertyChange[]): DiffResponse {
  const response = new messages.DiffResponse();
  response.setChanges(messages.DiffResponse.DiffChanges[changes.length === 0 ? "DIFF_NONE" : "DIFF_SOME"]);
  response.setDiffsList(changes.map(({ property }) => property));
  response.setReplacesList(changes.filter(({ replaces }) => replaces).map(({ property }) => property));
  response.setHasdetaileddiff(true);
  for (const { property, kind, replaces, isInput = true } of changes) {
    const names = { add: "ADD", delete: "DELETE", update: "UPDATE" } as const;
    const name = replaces ? (`${names[kind]}_REPLACE` as const) : names[kind];
    const detail = new messages.PropertyDiff().setKind(messages.PropertyDiff.Kind[name]).setInputdiff(isInput);
    response.getDetaileddiffMap().set(property, detail);
  }
  return response;
}
