import type { FunctionTable } from "./call.ts";
import { arrayFunctions } from "./functions/array.ts";
import { cidrFunctions } from "./functions/cidr.ts";
import { dateFunctions } from "./functions/date.ts";
import { deploymentFunctions } from "./functions/deployment.ts";
import { lambdaFunctions } from "./functions/lambda.ts";
import { logicalFunctions } from "./functions/logical.ts";
import { numericFunctions } from "./functions/numeric.ts";
import { objectFunctions } from "./functions/object.ts";
import { resourceFunctions } from "./functions/resource.ts";
import { stringFunctions } from "./functions/string.ts";

/**
 * Every template function that is evaluated; any other makes its value unknown. `uniqueString` and `guid` are among the
 * others on purpose: Microsoft does not publish how they are computed.
 *
 * List: https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions (read 2026-11-21).
 */
export const templateFunctions: FunctionTable = new Map([
  ...arrayFunctions,
  ...cidrFunctions,
  ...dateFunctions,
  ...deploymentFunctions,
  ...lambdaFunctions,
  ...logicalFunctions,
  ...numericFunctions,
  ...objectFunctions,
  ...resourceFunctions,
  ...stringFunctions,
]);
