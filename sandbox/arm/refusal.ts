import type { ArmError } from "./contract.ts";

/** 400: the request itself is wrong. */
export function badRequest(code: string, message: string, target?: string): ArmError {
  return { status: 400, code, message, ...(target === undefined ? {} : { target }) };
}

/** 409: the request collides with what exists. */
export function conflict(code: string, message: string): ArmError {
  return { status: 409, code, message };
}

/** 404: something the request needs is not there. */
export function notFound(code: string, message: string): ArmError {
  return { status: 404, code, message };
}
