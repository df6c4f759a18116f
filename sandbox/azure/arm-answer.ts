import { parseArmId } from "../arm/arm-id.ts";
import type { ArmError, ArmResource } from "../arm/contract.ts";

/** What ARM answers. After a refused PUT `created` says whether the resource is there all the same. */
export type ArmAnswer =
  | { readonly ok: true; readonly status: number; readonly resource: ArmResource | undefined }
  | { readonly ok: false; readonly error: ArmError; readonly created: boolean };

/** How a request ends, with what the journal wants to know besides. */
export interface Outcome {
  readonly answer: ArmAnswer;
  /** Another operation held what this one needed. */
  readonly conflict?: boolean;
  /** The scenario is the cause. */
  readonly injected?: boolean;
}

/** The request was carried out. */
export function accepted(status: number, resource: ArmResource | undefined): ArmAnswer {
  return { ok: true, status, resource };
}

/** Nothing has happened. */
export function refused(error: ArmError): ArmAnswer {
  return { ok: false, error, created: false };
}

/** The error that a scenario asks for, in place of ARM's. */
export function injectedError(effect: {
  readonly status?: number;
  readonly code: string;
  readonly message?: string;
}): ArmError {
  // A long operation that fails has been accepted: the error stands in the body of a status 200.
  const { status = 200, code, message = "The sandbox's scenario asked for this error." } = effect;
  return { status, code, message };
}

/** Source: https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-not-found (read 2026-11-21). */
export function resourceNotFound(id: string): ArmError {
  const parsed = parseArmId(id);
  const what = parsed === undefined ? id : `${parsed.type}/${parsed.names.join("/")}`;
  const where = parsed?.resourceGroup === undefined ? "" : ` under resource group '${parsed.resourceGroup}'`;
  return { status: 404, code: "ResourceNotFound", message: `The Resource '${what}'${where} was not found.` };
}

/** Source: https://github.com/Azure/azure-rest-api-specs/issues/14202 (read 2026-11-21). */
export function anotherOperationInProgress(heldId: string): ArmError {
  const message = `Another operation on this or dependent resource is in progress. It holds '${heldId}'.`;
  return { status: 409, code: "AnotherOperationInProgress", message };
}

/** What only a sandbox answers: this type has not been imitated. */
export function typeNotImitated(id: string, type: string): ArmError {
  const message = `the sandbox does not imitate resources of type "${type}" (asked for "${id}")`;
  return { status: 400, code: "SandboxTypeNotImitated", message };
}
